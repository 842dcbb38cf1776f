namespace LiquidControl.Simulation.Chips;

/// <summary>A retriggerable monostable: its output is high for a fixed time after the last trigger.</summary>
public sealed class Monostable(long periodNs)
{
    private long _expiresNs = long.MinValue;

    /// <summary>When it falls, or fell, if no trigger comes, ns; <see cref="long.MinValue"/> before the first.</summary>
    public long ExpiresNs => _expiresNs;

    public void Trigger(long nowNs) => _expiresNs = nowNs + periodNs;

    public bool IsHigh(long nowNs) => nowNs < _expiresNs;
}
