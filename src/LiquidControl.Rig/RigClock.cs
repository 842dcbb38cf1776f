using LiquidControl.Control;
using LiquidControl.Simulation;

namespace LiquidControl.Rig;

/// <summary>The stepped clock as the loop reads it: within a cycle time passes only where something is made to take long.</summary>
internal sealed class RigClock(VirtualClock clock) : IClock
{
    private long _spentNs;

    public long NowNs => clock.NowNs + _spentNs;

    public void Spend(long ns) => _spentNs += ns;

    /// <summary>The next cycle begins when it would have begun anyhow: what was spent is less than a period.</summary>
    public void BeginCycle() => _spentNs = 0;
}
