using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>
/// The classical law: torque that makes the tracking error follow e'' + 2w e' + w² e = 0 according to the model. Source: Spong, Hutchinson,
/// Vidyasagar, "Robot Modeling and Control", inverse dynamics control; the compensation of the observed disturbance after Han, "From PID
/// to Active Disturbance Rejection Control", 2009.
/// </summary>
public sealed class ControlLaw
{
    /// <summary>Of the tracking bandwidth: a quarter of the stiffness.</summary>
    private const double CompliantPart = 0.5;

    private readonly ArmDescription _arm;
    private readonly ControllerSettings _settings;
    private readonly RigidBodyWorkspace _workspace;
    private readonly double[] _integral;
    private readonly double[] _acceleration;
    private readonly double[] _zero;
    private readonly double[] _typicalInertia;

    public ControlLaw(ArmDescription arm, ControllerSettings settings)
    {
        _arm = arm;
        _settings = settings;
        int n = arm.JointCount;
        _workspace = new RigidBodyWorkspace(arm.Model);
        _integral = new double[n];
        _acceleration = new double[n];
        _zero = new double[n];
        _typicalInertia = TypicalInertia();
    }

    public void Reset() => Array.Clear(_integral);

    /// <summary>Fills the command from state and reference, both at the time the torque will act.</summary>
    public void Compute(ControllerKind kind, RobotState state, JointReference reference, JointCommand command) =>
        Compute(kind, _settings.TrackingBandwidth, state, reference, command);

    /// <summary>The same, softly: an arm that met something gives way, and what it pushes with is not made up for.</summary>
    public void ComputeCompliant(RobotState state, JointReference reference, JointCommand command) =>
        Compute(ControllerKind.Ct, CompliantPart * _settings.TrackingBandwidth, state, reference, command);

    private void Compute(ControllerKind kind, double w, RobotState state, JointReference reference, JointCommand command)
    {
        double kp = w * w, kd = 2.0 * w;
        for (int i = 0; i < _integral.Length; i++)
        {
            double error = reference.Position[i] - state.PositionAtActuation[i];
            double rate = reference.Velocity[i] - state.VelocityAtActuation[i];
            if (kind == ControllerKind.CtI)
                _integral[i] = Bounded(_integral[i] + _settings.IntegralGain * error * state.Interval);
            command.Acceleration[i] = reference.Acceleration[i] + kp * error + kd * rate + (kind == ControllerKind.CtI ? _integral[i] : 0.0);
            command.Residual[i] = 0.0;

            // The compensated loop brings about what was asked for; the disturbance is already cancelled in it.
            command.ExpectedAcceleration[i] = command.Acceleration[i];
            if (kind == ControllerKind.Pd)
                _acceleration[i] = kp * error + kd * rate;
            else
                _acceleration[i] = command.Acceleration[i] - (Compensates(kind) ? Bounded(state.Disturbance[i]) : 0.0);
        }

        if (kind == ControllerKind.Pd)
        {
            Array.Clear(command.Friction);
            RecursiveNewtonEuler.InverseDynamics(_arm.Model, _workspace, state.PositionAtActuation, _zero, _zero, command.Torque);
            for (int i = 0; i < _integral.Length; i++)
                command.Torque[i] += _typicalInertia[i] * _acceleration[i];
            return;
        }

        FrictionFeedforward.Torque(_arm.Friction, reference.Velocity, command.Friction);
        RecursiveNewtonEuler.InverseDynamics(
            _arm.Model, _workspace, state.PositionAtActuation, state.VelocityAtActuation, _acceleration, command.Torque);
        for (int i = 0; i < _integral.Length; i++)
            command.Torque[i] += command.Friction[i];
    }

    private static bool Compensates(ControllerKind kind) => kind is ControllerKind.CtEso or ControllerKind.CtRls or ControllerKind.Liquid;

    private double Bounded(double acceleration) => Math.Clamp(acceleration, -_settings.CompensationLimit, _settings.CompensationLimit);

    /// <summary>PD gains need one inertia a joint: the diagonal of the mass matrix, averaged over the named poses.</summary>
    private double[] TypicalInertia()
    {
        int n = _arm.JointCount;
        var mean = new double[n];
        var mass = new double[n * n];
        ICollection<double[]> poses = [.. _arm.Poses.Values];
        if (poses.Count == 0)
            poses.Add(new double[n]);
        foreach (double[] pose in poses)
        {
            CompositeRigidBody.MassMatrix(_arm.Model, _workspace, pose, mass);
            for (int i = 0; i < n; i++)
                mean[i] += mass[i * n + i] / poses.Count;
        }

        return mean;
    }
}
