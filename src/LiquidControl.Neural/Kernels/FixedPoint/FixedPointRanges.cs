using System.Collections.Immutable;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// How far the numbers of a network reach, for a fixed-point kernel. What is beyond a range is kept at its end. What the weights bound by
/// themselves (a state of tanh heads, say) needs no range.
/// </summary>
public sealed record FixedPointRanges
{
    /// <summary>The bound of inputs and of states that nothing else bounds: normalised inputs are clipped to it.</summary>
    public const double Usual = 8.0;

    public static FixedPointRanges Default { get; } = new();

    /// <summary>The largest magnitude of each input, as the network sees it; empty: <see cref="Usual"/> for all.</summary>
    public ImmutableArray<double> Inputs { get; init; } = [];

    /// <summary>
    /// The largest magnitude of a neuron's state in mode pure and with identity heads; others are bounded by their heads.
    /// </summary>
    public double State { get; init; } = Usual;

    /// <summary>
    /// The largest activation of each backbone layer with relu, silu or gelu; empty: what weights and ranges allow, which is far more
    /// than what occurs and costs an int16 kernel precision.
    /// </summary>
    public ImmutableArray<double> Hidden { get; init; } = [];

    /// <param name="architecture">The network these are of.</param>
    /// <param name="file">Where they came from, for the message.</param>
    /// <exception cref="ModelFormatException">A count does not fit, or a range is not a number above zero.</exception>
    public void ThrowIfInvalid(NetworkArchitecture architecture, string file)
    {
        CheckCount("inputs", Inputs.Length, architecture.InputSize);
        CheckCount("hidden", Hidden.Length, architecture is CfcArchitecture dense ? dense.BackboneLayers : 0);
        foreach (double range in (ReadOnlySpan<double>)[.. Inputs, State, .. Hidden])
        {
            if (!double.IsFinite(range) || range <= 0.0)
            {
                throw new ModelFormatException(file, "fixed_point", $"a range of {range}", "numbers above zero",
                    "Calibrate again: liquidcontrol model quantize.");
            }
        }

        void CheckCount(string place, int count, int size)
        {
            if (count == 0 || count == size) return;
            throw new ModelFormatException(file, $"fixed_point, {place}", $"{count} ranges", $"{size}, as the network has, or none",
                "Calibrate again: liquidcontrol model quantize.");
        }
    }

    internal double Input(int index) => Inputs.IsEmpty ? Usual : Inputs[index];
}
