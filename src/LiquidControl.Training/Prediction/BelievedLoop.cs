using LiquidControl.Control;
using LiquidControl.Robotics;

namespace LiquidControl.Training.Prediction;

/// <summary>
/// The equations of motion as the controller believes in them: forward dynamics (ABA) of its own bodies and friction, the acceleration that
/// they do not explain held at its present value. The state is q, q' and the time.
/// </summary>
public sealed class BelievedLoop : ClosedLoop
{
    private readonly RigidBodyWorkspace _workspace;
    private readonly double[] _disturbance;
    private readonly double[] _torque;

    public BelievedLoop(ArmDescription believed, ControllerSettings settings) : base(believed, settings)
    {
        _workspace = new RigidBodyWorkspace(believed.Model);
        _disturbance = new double[JointCount];
        _torque = new double[JointCount];
    }

    public override int Size => 2 * JointCount + 1;

    public override void Derivative(ReadOnlySpan<double> state, Span<double> dxdt)
    {
        int n = JointCount;
        ReadOnlySpan<double> q = state[..n], qd = state.Slice(n, n);
        Answer(state[^1], q, qd, _disturbance);
        FrictionFeedforward.Torque(Believed.Friction, qd, _torque);
        for (int i = 0; i < n; i++)
            _torque[i] = Command.Torque[i] - _torque[i];
        qd.CopyTo(dxdt);
        ArticulatedBody.ForwardDynamics(Believed.Model, _workspace, q, qd, _torque, dxdt.Slice(n, n));
        for (int i = 0; i < n; i++)
            dxdt[n + i] += _disturbance[i];
        dxdt[2 * n] = 1.0;
    }

    private protected override void BeginRest(RobotState estimate, Span<double> state) => estimate.Disturbance.CopyTo(_disturbance, 0);
}
