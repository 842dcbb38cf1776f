using LiquidControl.Control;
using LiquidControl.Robotics;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Prediction;

/// <summary>
/// The equations of motion of the arm as it really is, under a controller that believes in another: forward dynamics (ABA) of the true bodies
/// and friction, and the law's observer. Nobody on a real arm could integrate them: they show what is left of the error when every
/// parameter is known, but neither noise nor the sticking of friction. The state is q, q', the observer's q, q' and disturbance, that
/// disturbance as late as the drives, and the time.
/// </summary>
public sealed class TrueLoop : ClosedLoop
{
    private readonly PlantParameters _truth;
    private readonly double _observerBandwidth;
    private readonly double _lateness;
    private readonly RigidBodyWorkspace _workspace;
    private readonly RigidBodyWorkspace _believedWorkspace;
    private readonly double[] _torque;
    private readonly double[] _acceleration;

    public TrueLoop(PlantParameters truth, ArmDescription believed, ControllerSettings settings) : base(believed, settings)
    {
        _truth = truth;
        _observerBandwidth = settings.ObserverBandwidth;
        _lateness = settings.ActuationDelayCycles / believed.Rate + believed.TorqueLag;
        _workspace = new RigidBodyWorkspace(truth.Model);
        _believedWorkspace = new RigidBodyWorkspace(believed.Model);
        _torque = new double[JointCount];
        _acceleration = new double[JointCount];
    }

    public override int Size => 6 * JointCount + 1;

    public override void Derivative(ReadOnlySpan<double> state, Span<double> dxdt)
    {
        int n = JointCount;
        ReadOnlySpan<double> q = state[..n], qd = state.Slice(n, n), seen = state.Slice(2 * n, n), seenRate = state.Slice(3 * n, n);
        ReadOnlySpan<double> disturbance = state.Slice(4 * n, n), late = state.Slice(5 * n, n);
        Answer(state[^1], seen, seenRate, late);
        FrictionFeedforward.Torque(_truth.Friction, qd, _torque);
        for (int i = 0; i < n; i++)
            _torque[i] = Command.Torque[i] - _torque[i];
        qd.CopyTo(dxdt);
        ArticulatedBody.ForwardDynamics(_truth.Model, _workspace, q, qd, _torque, dxdt.Slice(n, n));

        for (int i = 0; i < n; i++)
            _torque[i] = Command.Torque[i] - Command.Friction[i];
        ArticulatedBody.ForwardDynamics(Believed.Model, _believedWorkspace, seen, seenRate, _torque, _acceleration);
        double w = _observerBandwidth;
        for (int i = 0; i < n; i++)
        {
            double gap = q[i] - seen[i];
            dxdt[2 * n + i] = seenRate[i] + 3.0 * w * gap;
            dxdt[3 * n + i] = _acceleration[i] + disturbance[i] + 3.0 * w * w * gap;
            dxdt[4 * n + i] = w * w * w * gap;
            dxdt[5 * n + i] = (disturbance[i] - late[i]) / _lateness;
        }

        dxdt[6 * n] = 1.0;
    }

    private protected override void BeginRest(RobotState estimate, Span<double> state)
    {
        int n = JointCount;
        estimate.Position.CopyTo(state[(2 * n)..]);
        estimate.Velocity.CopyTo(state[(3 * n)..]);
        estimate.Disturbance.CopyTo(state[(4 * n)..]);
        estimate.Disturbance.CopyTo(state[(5 * n)..]);
    }
}
