using LiquidControl.Numerics;

namespace LiquidControl.Neural.Wirings;

/// <summary>The reference library's choice([-1, 1, 1]): two of three synapses are excitatory.</summary>
internal readonly struct PolarityDraws(NumpyGenerator generator)
{
    /// <summary>Of the wirings without layers.</summary>
    public const long DefaultSeed = 1_111;

    public sbyte Next() => generator.Interval(2) == 0 ? (sbyte)-1 : (sbyte)1;
}
