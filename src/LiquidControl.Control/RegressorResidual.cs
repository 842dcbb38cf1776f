namespace LiquidControl.Control;

/// <summary>
/// The torque that the identified parameters add to the classical one: bounded, rate-limited and watched like a network's.
/// </summary>
public sealed class RegressorResidual
{
    /// <summary>A load too heavy for the bound is no fault of the estimate: it asks for this part of the bound at most.</summary>
    private const double BoundPart = 0.98;

    private readonly BoundedResidual _bounded;
    private readonly double[] _bound;
    private readonly IdentifiedTorque _identified;
    private readonly double[] _torque;

    public RegressorResidual(ArmDescription arm, ControllerSettings settings, IdentifiedTorque? identified = null)
    {
        _identified = identified ?? new IdentifiedTorque(arm, settings);
        _bounded = new BoundedResidual(arm, settings);
        _bound = arm.ResidualBound;
        _torque = new double[arm.JointCount];
    }

    public RegressorIdentifier Identifier => _identified.Identifier;

    public ResidualWatch Watch => _bounded.Watch;

    /// <summary>Back to the prior, and trusted again.</summary>
    public void Reset()
    {
        _identified.Reset();
        _bounded.Reset();
    }

    /// <summary>Learns from the state, then adds the residual to the command's torque.</summary>
    public void Apply(RobotState state, ReferenceGenerator reference, JointCommand command)
    {
        bool finite = _identified.Advance(state, reference, command);
        if (_bounded.IsTrusted)
            Want(finite);
        _bounded.Add(_torque, state.Interval, command);
    }

    private void Want(bool finite)
    {
        if (!finite)
        {
            _bounded.Refuse(_torque);
            return;
        }

        for (int i = 0; i < _torque.Length; i++)
            _torque[i] = Math.Clamp(_identified.Torque[i], -BoundPart * _bound[i], BoundPart * _bound[i]);
    }
}
