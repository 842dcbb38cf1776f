namespace LiquidControl.Control;

/// <summary>
/// Where a residual torque enters the command, whoever makes it: bounded, rate-limited, watched, and faded out when it misbehaves, so that
/// the classical law goes on.
/// </summary>
public sealed class BoundedResidual
{
    private readonly double[] _bound;
    private readonly double[] _last;
    private readonly double _riseTime;

    public BoundedResidual(ArmDescription arm, ControllerSettings settings)
    {
        _bound = arm.ResidualBound;
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
            command.Residual[i] = Watch.Weight * _last[i];
            command.Torque[i] += command.Residual[i];
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
