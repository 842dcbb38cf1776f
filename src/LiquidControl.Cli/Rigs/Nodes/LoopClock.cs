namespace LiquidControl.Cli.Rigs.Nodes;

/// <summary>
/// The time that a loop in another process has had, by the times of its cycles: the machine's clock without what that machine kept the loop
/// waiting, which is counted. What the rig itself does to the loop is no such waiting.
/// </summary>
/// <param name="periodNs">Of the loop.</param>
internal sealed class LoopClock(long periodNs)
{
    private long _lastNs;
    private long _timeNs;
    private long _heldFromNs = long.MaxValue;
    private long _heldToNs = long.MaxValue;

    /// <summary>Seen since the start.</summary>
    public long Cycles { get; private set; }

    /// <summary>Periods without a cycle.</summary>
    public long Skipped { get; private set; }

    /// <summary>From one cycle to the next, ns.</summary>
    public long LongestGapNs { get; private set; }

    /// <summary>It is 0 now.</summary>
    public void Start(long nowNs) => _lastNs = nowNs;

    /// <summary>The rig does not let the loop run from now on.</summary>
    public void Hold(long nowNs) => (_heldFromNs, _heldToNs) = (nowNs, long.MaxValue);

    /// <summary>It may run again.</summary>
    public void Release(long nowNs) => _heldToNs = nowNs;

    /// <summary>A cycle began.</summary>
    public void Cycle(long nowNs)
    {
        long held = HeldNs(nowNs), gap = nowNs - _lastNs - held;
        long skipped = Math.Max(0, (gap + periodNs / 2) / periodNs - 1);
        _timeNs += held + (skipped > 0 ? periodNs : gap);
        _lastNs = nowNs;
        Cycles++;
        Skipped += skipped;
        LongestGapNs = Math.Max(LongestGapNs, gap);
    }

    /// <summary>s; not past a period after the last cycle.</summary>
    public double At(long nowNs)
    {
        long held = HeldNs(nowNs);
        return 1e-9 * (_timeNs + held + Math.Min(nowNs - _lastNs - held, periodNs));
    }

    /// <summary>Since the last cycle.</summary>
    private long HeldNs(long nowNs) => Math.Max(0, Math.Min(nowNs, _heldToNs) - Math.Max(_lastNs, _heldFromNs));
}
