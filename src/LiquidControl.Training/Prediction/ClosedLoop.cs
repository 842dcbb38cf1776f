using LiquidControl.Control;
using LiquidControl.Neural.Ode;

namespace LiquidControl.Training.Prediction;

/// <summary>
/// Equations of motion of an arm under the classical law along its plan, for a solver. A state begins with q and q', one number a joint each,
/// and ends with the time since the start.
/// </summary>
public abstract class ClosedLoop : IOdeRightHandSide<double>
{
    private readonly ControlLaw _law;
    private readonly RobotState _seen;
    private readonly JointReference _plan;
    private ReferenceGenerator? _reference;

    private protected ClosedLoop(ArmDescription believed, ControllerSettings settings)
    {
        Believed = believed;
        JointCount = believed.JointCount;
        _law = new ControlLaw(believed, settings);
        _seen = new RobotState(JointCount);
        _plan = new JointReference(JointCount);
        Command = new JointCommand(JointCount);
    }

    public int JointCount { get; }

    public abstract int Size { get; }

    private protected ArmDescription Believed { get; }

    /// <summary>What the law asked for last.</summary>
    private protected JointCommand Command { get; }

    /// <summary>Starts where the estimate is.</summary>
    /// <param name="estimate">The estimate now.</param>
    /// <param name="reference">The plan, at now; kept and read on the way.</param>
    /// <param name="state">Length <see cref="Size"/>.</param>
    public void Begin(RobotState estimate, ReferenceGenerator reference, Span<double> state)
    {
        _reference = reference;
        estimate.Position.CopyTo(state);
        estimate.Velocity.CopyTo(state[JointCount..]);
        state[^1] = 0.0;
        BeginRest(estimate, state);
    }

    public abstract void Derivative(ReadOnlySpan<double> state, Span<double> dxdt);

    /// <summary>Fills what lies between q' and the time.</summary>
    private protected abstract void BeginRest(RobotState estimate, Span<double> state);

    /// <summary>Has the law answer what it sees at a time since the start.</summary>
    private protected void Answer(double time, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> disturbance)
    {
        _reference!.Ahead(time, _plan);
        q.CopyTo(_seen.PositionAtActuation);
        qd.CopyTo(_seen.VelocityAtActuation);
        disturbance.CopyTo(_seen.Disturbance);
        _law.Compute(ControllerKind.CtEso, _seen, _plan, Command);
    }
}
