namespace LiquidControl.Control;

/// <summary>
/// The network's bounded, rate-limited, watched addition to the classical torque. A network that misbehaves is faded out and the classical
/// law goes on.
/// </summary>
public sealed class LiquidResidual
{
    private readonly LiquidPolicy _policy;
    private readonly double[] _bound;
    private readonly double[] _output;
    private readonly double[] _last;
    private readonly double _riseTime;
    private readonly long _budgetNs;
    private readonly IClock _clock;

    public LiquidResidual(LiquidPolicy policy, ArmDescription arm, ControllerSettings settings, IClock clock)
    {
        _policy = policy;
        _bound = arm.ResidualBound;
        _output = new double[arm.JointCount];
        _last = new double[arm.JointCount];
        _riseTime = settings.ResidualRiseTime;
        _budgetNs = (long)(settings.PolicyBudget / arm.Rate * 1e9);
        _clock = clock;
        Watch = new ResidualWatch(arm.JointCount);
    }

    public ResidualWatch Watch { get; }

    public void Reset()
    {
        _policy.Reset();
        Watch.Reset();
        Array.Clear(_last);
    }

    /// <summary>Adds the residual to the command's torque.</summary>
    public void Apply(RobotState state, ReferenceGenerator reference, JointCommand command)
    {
        double dt = state.Interval;
        if (Watch.Weight > 0.0)
            Evaluate(state, reference, command);
        for (int i = 0; i < _last.Length; i++)
        {
            if (Watch.Weight > 0.0)
                RateLimit(i, dt);
            command.Residual[i] = Watch.Weight * _last[i];
            command.Torque[i] += command.Residual[i];
        }

        Watch.Advance(dt);
    }

    private void Evaluate(RobotState state, ReferenceGenerator reference, JointCommand command)
    {
        long start = _clock.NowNs;
        bool finite = _policy.Evaluate(state, reference, command, _output);
        if (_clock.NowNs - start > _budgetNs)
            Watch.Raise(ResidualFault.OverBudget);
        if (finite)
            return;

        // Fade out from the last good values.
        Watch.Raise(ResidualFault.NotFinite);
        for (int i = 0; i < _output.Length; i++)
            _output[i] = _last[i];
    }

    private void RateLimit(int i, double dt)
    {
        double wanted = Math.Clamp(_output[i], -_bound[i], _bound[i]);
        double step = _bound[i] * dt / _riseTime;
        double limited = Math.Clamp(wanted, _last[i] - step, _last[i] + step);
        Watch.Note(i, _bound[i] > 0.0 && Math.Abs(limited) >= _bound[i], limited != wanted, dt);
        _last[i] = limited;
    }
}
