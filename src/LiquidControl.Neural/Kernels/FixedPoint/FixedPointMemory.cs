using System.Collections.Immutable;

namespace LiquidControl.Neural.Kernels;

/// <summary>The LSTM of a mixed memory among the stages.</summary>
/// <param name="Source">What it reads: the input and the neurons' state.</param>
/// <param name="Output">Of its output, whose full scale is 1, in bytes.</param>
/// <param name="Cells">Of its cells, in bytes.</param>
internal sealed record FixedPointMemory(FixedVector Source, int Output, int Cells)
{
    /// <summary>The full scale of its output.</summary>
    public static double[] Scales(int length) => [.. Enumerable.Repeat(1.0, length)];

    /// <param name="weights">Where its tensors are.</param>
    /// <param name="format">What makes the stage.</param>
    /// <param name="input">How the input is kept.</param>
    /// <param name="state">The full scale of each neuron's state.</param>
    /// <param name="stages">Where the stage is added.</param>
    public static FixedPointMemory Add(
        NetworkWeights weights, FixedPointFormat format, ImmutableArray<FixedColumn> input, double[] state, List<FixedPointStage> stages)
    {
        int inputs = weights.Architecture.InputSize;
        int units = state.Length;
        FixedVector source = format.Vector(input, format.Columns(inputs, state));
        FixedPointMemory memory = new(source, format.Layout.Reserve(units, format.ElementSize), format.Layout.Reserve<int>(units));
        double[] weight = Joined(
            weights[LstmKeys.InputMap + CfcKeys.Weight], inputs, weights[LstmKeys.RecurrentMap + CfcKeys.Weight], units);
        double[] bias = [.. weights[LstmKeys.InputMap + CfcKeys.Bias]];
        foreach (ref double forget in bias.AsSpan(2 * units, units)) forget += weights.Architecture.ForgetGateBias;

        FixedLayer layer = new(LstmKeys.InputMap + CfcKeys.Weight, source, 4 * units);
        int candidates = units * (inputs + units);
        layer.Set(0, weight.AsSpan(0, candidates), [], bias.AsSpan(0, units), 1.0);
        // σ(x) = 1/2 + 1/2 tanh(x/2).
        layer.Set(units, weight.AsSpan(candidates), [], bias.AsSpan(units), 0.5);
        stages.Add(format.Memory(layer, memory.Cells, memory.Output));
        return memory;
    }

    /// <summary>[first, second], row by row.</summary>
    private static double[] Joined(ReadOnlySpan<double> first, int firstColumns, ReadOnlySpan<double> second, int secondColumns)
    {
        int columns = firstColumns + secondColumns;
        double[] joined = new double[first.Length + second.Length];
        for (int row = 0; row < joined.Length / columns; row++)
        {
            first.Slice(row * firstColumns, firstColumns).CopyTo(joined.AsSpan(row * columns));
            second.Slice(row * secondColumns, secondColumns).CopyTo(joined.AsSpan(row * columns + firstColumns));
        }

        return joined;
    }
}
