namespace LiquidControl.Control;

/// <summary>
/// Where a residual torque enters the command, whoever makes it: bounded, rate-limited, watched, and faded out when it misbehaves, so that
/// the law without it goes on. With one that was added before it stays within the arm's bound.
/// </summary>
public sealed class BoundedResidual
{
    private readonly double[] _whole;
    private readonly double[] _bound;
    private readonly double[] _last;
    private readonly double _riseTime;

    /// <param name="arm">The arm, with the bound on all residuals together.</param>
    /// <param name="settings">How fast a residual may change.</param>
    /// <param name="part">The part of the bound that this one may use.</param>
    public BoundedResidual(ArmDescription arm, ControllerSettings settings, double part = 1.0)
    {
        _whole = arm.ResidualBound;
        _bound = [.. arm.ResidualBound.Select(bound => part * bound)];
        _last = new double[arm.JointCount];
        _riseTime = settings.ResidualRiseTime;
        Watch = new ResidualWatch(arm.JointCount);
    }

    public ResidualWatch Watch { get; }

    /// <summary>Whether anything of it still reaches the command.</summary>
    public bool IsTrusted => Watch.Weight > 0.0;

    public void Reset()
    {
        Watch.Reset();
        Array.Clear(_last);
    }

    /// <summary>Adds the wanted torque, as far as it may go, to the command's; call once a cycle.</summary>
    public void Add(ReadOnlySpan<double> wanted, double dt, JointCommand command)
    {
        for (int i = 0; i < _last.Length; i++)
        {
            if (IsTrusted)
                RateLimit(i, wanted[i], dt);
            double before = command.Residual[i];
            command.Residual[i] = Math.Clamp(before + Watch.Weight * _last[i], -_whole[i], _whole[i]);
            command.Torque[i] += command.Residual[i] - before;
        }

        Watch.Advance(dt);
    }

    /// <summary>Instead of numbers that are none: fades out from the last good ones.</summary>
    public void Refuse(Span<double> wanted)
    {
        Watch.Raise(ResidualFault.NotFinite);
        _last.CopyTo(wanted);
    }

    private void RateLimit(int i, double torque, double dt)
    {
        double wanted = Math.Clamp(torque, -_bound[i], _bound[i]);
        double step = _bound[i] * dt / _riseTime;
        double limited = Math.Clamp(wanted, _last[i] - step, _last[i] + step);
        Watch.Note(i, _bound[i] > 0.0 && Math.Abs(limited) >= _bound[i], limited != wanted, dt);
        _last[i] = limited;
    }
}
