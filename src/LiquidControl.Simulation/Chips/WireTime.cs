namespace LiquidControl.Simulation.Chips;

/// <summary>Time on the wire.</summary>
internal static class WireTime
{
    public static long Ns(long bits, int clockHz) => (long)((Int128)bits * 1_000_000_000 / clockHz);
}
