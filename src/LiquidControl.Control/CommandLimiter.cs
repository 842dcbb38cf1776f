using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>
/// The last word before the drives: torque, acceleration, jerk, velocity and position of every joint, the residual's bound, the workspace
/// box, and that every number is one. A joint is viable while it can still stop before its limit with bounded deceleration and jerk;
/// commands are bent so that it stays so.
/// </summary>
public sealed class CommandLimiter
{
    /// <summary>Bounds on velocity are met within this time, s: long enough not to chatter, short against any motion.</summary>
    private const double Horizon = 0.010;

    /// <summary>The full acceleration bound may be crossed in this time, s.</summary>
    private const double AccelerationRiseTime = 0.010;

    /// <summary>Feedback around a plan at full speed may exceed it by this factor before the limiter acts.</summary>
    private const double VelocityMargin = 1.05;

    /// <summary>Parts of its velocity limit: from the first on less and less of a residual may push a joint on, and none from the second.</summary>
    private const double ResidualFadesAt = 0.92, ResidualGoneAt = 0.98;

    /// <summary>Braking before a position limit may use this much more than the plan's acceleration and jerk.</summary>
    private const double BrakeMargin = 1.5;

    /// <summary>The workspace box is checked where the tool will be after this time, s.</summary>
    private const double WorkspaceLookAhead = 0.050;

    /// <summary>
    /// A torque of so many times its limit counts as no number: what is small beside it, as the torques of all motion are, would drown in its
    /// rounding.
    /// </summary>
    private const double AbsurdTorque = 1e6;

    private readonly ArmDescription _arm;
    private readonly ControllerSettings _settings;
    private readonly RigidBodyWorkspace _workspace;
    private readonly double[] _expectedTorque;
    private readonly double[] _predicted;
    private readonly double[] _admissible;
    private readonly double[] _last;
    private readonly double[] _torqueBefore;
    private readonly double[] _torqueAfter;
    private readonly double[] _ahead;
    private readonly double[] _zero;
    private bool _hasLast;

    public CommandLimiter(ArmDescription arm, ControllerSettings settings)
    {
        int n = arm.JointCount;
        _arm = arm;
        _settings = settings;
        _workspace = new RigidBodyWorkspace(arm.Model);
        _expectedTorque = new double[n];
        _predicted = new double[n];
        _admissible = new double[n];
        _last = new double[n];
        _torqueBefore = new double[n];
        _torqueAfter = new double[n];
        _ahead = new double[n];
        _zero = new double[n];
    }

    /// <summary>The acceleration that the last command is expected to bring about, rad/s².</summary>
    public ReadOnlySpan<double> Admitted => _admissible;

    public void Reset() => _hasLast = false;

    /// <summary>Makes the command admissible in place and says what it changed.</summary>
    public LimitFlags Limit(RobotState state, JointCommand command)
    {
        LimitFlags flags = RequireFinite(state, command);
        BoundResidual(state, command);
        PredictAcceleration(state, command);
        LimitFlags bent = LimitFlags.None;
        for (int i = 0; i < _predicted.Length; i++)
            bent |= LimitJoint(i, state);
        if (bent != LimitFlags.None)
            BendTorque(state, command);
        _admissible.AsSpan().CopyTo(_last);

        // A finite torque far beyond every limit can still overflow on its way through the dynamics.
        LimitFlags overflow = RequireFinite(state, command);
        _hasLast = overflow == LimitFlags.None;
        return flags | overflow | bent | ClampTorque(command) | CheckWorkspace(state);
    }

    private LimitFlags RequireFinite(RobotState state, JointCommand command)
    {
        bool finite = true;
        for (int i = 0; i < _zero.Length; i++)
            finite &= Math.Abs(command.Torque[i]) <= AbsurdTorque * _arm.Limits[i].Torque && double.IsFinite(command.Residual[i]);
        if (finite)
            return LimitFlags.None;
        RecursiveNewtonEuler.InverseDynamics(_arm.Model, _workspace, state.Position, _zero, _zero, command.Torque);
        Array.Clear(command.Residual);
        Array.Clear(command.Friction);
        Array.Clear(command.ExpectedAcceleration);
        return LimitFlags.NotFinite;
    }

    /// <summary>
    /// What a residual does only shows in the observer, late: it must not be what drives a joint beyond its plan's speed.
    /// </summary>
    private void BoundResidual(RobotState state, JointCommand command)
    {
        for (int i = 0; i < _zero.Length; i++)
        {
            double speed = Math.Abs(state.VelocityAtActuation[i]) / _arm.Limits[i].Velocity;
            bool pushes = command.Residual[i] * state.VelocityAtActuation[i] > 0.0;
            double bound = _arm.ResidualBound[i] * (pushes ? Math.Clamp((ResidualGoneAt - speed) / (ResidualGoneAt - ResidualFadesAt), 0.0, 1.0) : 1.0);
            double bounded = Math.Clamp(command.Residual[i], -bound, bound);
            command.Torque[i] += bounded - command.Residual[i];
            command.Residual[i] = bounded;
        }
    }

    private void PredictAcceleration(RobotState state, JointCommand command)
    {
        for (int i = 0; i < _zero.Length; i++)
            _expectedTorque[i] = command.Torque[i] - command.Residual[i] - command.Friction[i];
        ArticulatedBody.ForwardDynamics(
            _arm.Model, _workspace, state.PositionAtActuation, state.VelocityAtActuation, _expectedTorque, _predicted);
        for (int i = 0; i < _zero.Length; i++)
            _predicted[i] += state.Disturbance[i];
    }

    private LimitFlags LimitJoint(int i, RobotState state)
    {
        JointLimits limit = _arm.Limits[i];
        double accelerationBound = _settings.FeedbackMargin * limit.Acceleration;
        double a = _predicted[i];
        LimitFlags flags = Clamp(ref a, -accelerationBound, accelerationBound, LimitFlags.Acceleration);

        if (_hasLast)
        {
            double step = accelerationBound * Math.Max(state.Interval, 1e-6) / AccelerationRiseTime;
            flags |= Clamp(ref a, _last[i] - step, _last[i] + step, LimitFlags.Jerk);
        }

        double velocity = state.VelocityAtActuation[i];
        double fastest = VelocityMargin * limit.Velocity;
        flags |= Clamp(ref a, (-fastest - velocity) / Horizon, (fastest - velocity) / Horizon, LimitFlags.Velocity);

        // Position comes last, so that it wins over jerk and comfort.
        double position = state.PositionAtActuation[i];
        double up = StoppableSpeed(limit.Upper - position, limit), down = StoppableSpeed(position - limit.Lower, limit);
        flags |= Clamp(ref a, (-down - velocity) / Horizon, (up - velocity) / Horizon, LimitFlags.Position);
        _admissible[i] = a;
        return flags;
    }

    private static LimitFlags Clamp(ref double value, double low, double high, LimitFlags flag)
    {
        double clamped = Math.Min(Math.Max(value, low), high);
        if (clamped == value)
            return LimitFlags.None;
        value = clamped;
        return flag;
    }

    /// <summary>
    /// The largest speed from which the joint stops within the distance at acceleration A and jerk J: v²/(2A) + v·A/(2J) = d. Beyond the
    /// limit it is negative: the joint must come back, gently.
    /// </summary>
    private static double StoppableSpeed(double distance, in JointLimits limit)
    {
        double a = BrakeMargin * limit.Acceleration;
        double lost = a * a / (2.0 * BrakeMargin * limit.Jerk);
        double d = Math.Abs(distance);
        double speed = Math.Sqrt(lost * lost + 2.0 * a * d) - lost;
        return distance >= 0 ? speed : -speed;
    }

    private void BendTorque(RobotState state, JointCommand command)
    {
        RecursiveNewtonEuler.InverseDynamics(
            _arm.Model, _workspace, state.PositionAtActuation, state.VelocityAtActuation, _predicted, _torqueBefore);
        RecursiveNewtonEuler.InverseDynamics(
            _arm.Model, _workspace, state.PositionAtActuation, state.VelocityAtActuation, _admissible, _torqueAfter);
        for (int i = 0; i < _zero.Length; i++)
            command.Torque[i] += _torqueAfter[i] - _torqueBefore[i];
    }

    private LimitFlags ClampTorque(JointCommand command)
    {
        LimitFlags flags = LimitFlags.None;
        for (int i = 0; i < _zero.Length; i++)
            flags |= Clamp(ref command.Torque[i], -_arm.Limits[i].Torque, _arm.Limits[i].Torque, LimitFlags.Torque);
        return flags;
    }

    private LimitFlags CheckWorkspace(RobotState state)
    {
        Vector3 here = ForwardKinematics.Tool(_arm.Model, _workspace, state.Position).Translation;
        for (int i = 0; i < _zero.Length; i++)
            _ahead[i] = state.Position[i] + WorkspaceLookAhead * state.Velocity[i];
        Vector3 there = ForwardKinematics.Tool(_arm.Model, _workspace, _ahead).Translation;

        // An arm that already stands outside may move: it has to be able to come back.
        return _arm.Workspace.Contains(here) && !_arm.Workspace.Contains(there) ? LimitFlags.Workspace : LimitFlags.None;
    }
}
