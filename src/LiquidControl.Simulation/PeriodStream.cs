using LiquidControl.Numerics;

namespace LiquidControl.Simulation;

/// <summary>The lengths of an episode's control periods, ns: the nominal one, each changed by up to <paramref name="jitter"/> of itself.</summary>
public sealed class PeriodStream(double rate, double jitter, RandomStream stream)
{
    /// <summary>Without jitter.</summary>
    public long NominalNs => (long)Math.Round(1e9 / rate);

    public long NextNs() => (long)Math.Round(1e9 / rate * (1 + stream.Uniform(-jitter, jitter)));
}
