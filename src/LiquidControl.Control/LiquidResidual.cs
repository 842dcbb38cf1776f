namespace LiquidControl.Control;

/// <summary>
/// The network's bounded, rate-limited, watched addition to the classical torque. A network that misbehaves is faded out and the classical
/// law goes on, with the identified parameters if the network stood on them.
/// </summary>
public sealed class LiquidResidual
{
    /// <summary>Beside identified parameters less is left for a network to say.</summary>
    private const double PartBesideIdentified = 0.75;

    private readonly LiquidPolicy _policy;
    private readonly BoundedResidual _bounded;
    private readonly double[] _output;
    private readonly long _budgetNs;
    private readonly IClock _clock;
    private bool _adds;
    private bool _added;

    public LiquidResidual(LiquidPolicy policy, ArmDescription arm, ControllerSettings settings, IClock clock)
    {
        _policy = policy;
        _bounded = new BoundedResidual(arm, settings, policy.Identified is null ? 1.0 : PartBesideIdentified);
        _output = new double[arm.JointCount];
        _budgetNs = (long)(settings.PolicyBudget / arm.Rate * 1e9);
        _clock = clock;
    }

    public ResidualWatch Watch => _bounded.Watch;

    /// <summary>Whether it is being faded out, or was until the last cycle: what it added then is gone now.</summary>
    public bool IsFading => Watch.Fault != ResidualFault.None && (_adds || _added);

    public void Reset()
    {
        _policy.Reset();
        _bounded.Reset();
        _adds = false;
        _added = false;
    }

    /// <summary>Adds the residual to the command's torque.</summary>
    public void Apply(RobotState state, ReferenceGenerator reference, JointCommand command)
    {
        (_added, _adds) = (_adds, _bounded.IsTrusted);
        if (_adds)
            Evaluate(state, reference, command);
        _bounded.Add(_output, state.Interval, command);
    }

    private void Evaluate(RobotState state, ReferenceGenerator reference, JointCommand command)
    {
        long start = _clock.NowNs;
        bool finite = _policy.Evaluate(state, reference, command, _output);
        if (_clock.NowNs - start > _budgetNs)
            Watch.Raise(ResidualFault.OverBudget);
        if (!finite)
            _bounded.Refuse(_output);
    }
}
