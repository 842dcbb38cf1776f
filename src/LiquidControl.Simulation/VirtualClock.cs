using LiquidControl.Control;

namespace LiquidControl.Simulation;

/// <summary>Time that passes only when the simulation says so.</summary>
public sealed class VirtualClock : IClock
{
    public long NowNs { get; private set; }

    public void Advance(long ns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ns);
        NowNs += ns;
    }
}
