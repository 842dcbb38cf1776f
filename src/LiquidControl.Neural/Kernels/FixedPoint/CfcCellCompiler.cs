using System.Collections.Immutable;

namespace LiquidControl.Neural.Kernels;

/// <summary>Makes the stages of CfC cells: backbone layers and heads.</summary>
internal sealed class CfcCellCompiler(
    NetworkWeights weights, FixedPointRanges ranges, FixedPointFormat format, List<FixedPointStage> stages)
{
    private const double Sqrt2 = 1.41421356237309504880;

    /// <summary>A range may be that much smaller than what weights and inputs allow: with less the scaled sums would overflow.</summary>
    private const double LeastPart = 1.0 / 64.0;

    /// <summary>The activations of each backbone layer.</summary>
    public List<ImmutableArray<FixedPointElement>> Hidden { get; } = [];

    /// <summary>The backbone from what the cell reads to what its heads read.</summary>
    public FixedVector AddBackbone(CfcArchitecture architecture, FixedVector source)
    {
        FixedVector z = source;
        for (int index = 0; index < architecture.BackboneLayers; index++)
        {
            string key = CfcKeys.Backbone(index, architecture.BackboneDropout);
            FixedLayer layer = new(key + CfcKeys.Weight, z, architecture.BackboneUnits);
            double range = ranges.Hidden.IsEmpty ? double.PositiveInfinity : ranges.Hidden[index];
            int destination = format.Layout.Reserve(layer.Rows, format.ElementSize);
            double[] scales = AddActivation(layer, key, architecture.Activation, range, destination);
            z = new FixedVector(destination, [], format.Columns(0, scales), format.ElementSize);
            Hidden.Add([.. scales.Select((scale, unit) => Element(destination, unit, scale))]);
        }

        return z;
    }

    /// <summary>The heads, from what they read to the cell's new state.</summary>
    /// <param name="key">The key a tensor of this cell has, given the dense cell's.</param>
    /// <param name="scales">Of the cell.</param>
    /// <param name="z">What the heads read.</param>
    /// <param name="destination">Where the new state goes, in bytes.</param>
    /// <param name="units">Of the cell.</param>
    /// <param name="mask">Of the heads, but for the time heads; empty: none.</param>
    public void AddHeads(
        Func<string, string> key, CfcCellScales scales, FixedVector z, int destination, int units, ReadOnlySpan<double> mask)
    {
        FixedLayer layer = new(key(CfcKeys.Head1) + CfcKeys.Weight, z, scales.Pure ? units : 4 * units);
        if (scales.Pure)
        {
            Set(layer, 0, key(CfcKeys.Head1), mask, 0.5);
            double[] rates = [.. weights[key(CfcKeys.TimeConstant)].ToArray().Select(Math.Abs)];
            double[] factors = [.. weights[key(CfcKeys.Amplitude)].ToArray().Select(amplitude => amplitude / scales.State)];
            stages.Add(format.Pure(layer, rates, factors, destination));
            return;
        }

        Set(layer, 0, key(CfcKeys.Head1), mask, scales.HeadFactor);
        Set(layer, units, key(CfcKeys.Head2), mask, scales.HeadFactor);
        // σ(x) = 1/2 + 1/2 tanh(x/2).
        Set(layer, 2 * units, key(CfcKeys.TimeA), [], 0.5);
        Set(layer, 3 * units, key(CfcKeys.TimeB), [], 0.5);
        stages.Add(format.Heads(layer, scales.Gated, scales.Linear, destination));
    }

    /// <returns>What full scale stands for in each unit.</returns>
    private double[] AddActivation(FixedLayer layer, string key, Activation activation, double range, int destination)
    {
        switch (activation)
        {
            case Activation.LecunTanh:
                Set(layer, 0, key, [], LecunTanh.Slope);
                stages.Add(format.Bounded(layer, destination));
                return [.. Enumerable.Repeat(LecunTanh.Amplitude, layer.Rows)];
            case Activation.Tanh:
                Set(layer, 0, key, [], 1.0);
                stages.Add(format.Bounded(layer, destination));
                return [.. Enumerable.Repeat(1.0, layer.Rows)];
            case Activation.Relu:
                Set(layer, 0, key, [], 1.0);
                double[] scales = Ranges(layer, 1.0, range);
                for (int row = 0; row < layer.Rows; row++) layer.Scale(row, 1.0 / scales[row]);
                stages.Add(format.Rectified(layer, destination));
                return scales;
            case Activation.Silu:
                return AddSelfGated(layer, key, 2.0, 1.0, errorFunction: false, range, destination);
            default:
                return AddSelfGated(layer, key, Sqrt2, 1.0 / Sqrt2, errorFunction: true, range, destination);
        }
    }

    /// <summary>With x = divisor v, the activation is factor v (1 + T(v)).</summary>
    private double[] AddSelfGated(
        FixedLayer layer, string key, double divisor, double factor, bool errorFunction, double range, int destination)
    {
        Set(layer, 0, key, [], 1.0 / divisor);
        double[] scales = Ranges(layer, divisor, range);
        stages.Add(format.SelfGated(layer, errorFunction, [.. scales.Select(scale => factor / scale)], destination));
        return scales;
    }

    /// <summary>How far each unit reaches: what its row allows, but not beyond the range given.</summary>
    private static double[] Ranges(FixedLayer layer, double factor, double range)
    {
        double[] ranges = new double[layer.Rows];
        for (int row = 0; row < ranges.Length; row++)
        {
            double bound = factor * layer.Bound(row);
            ranges[row] = bound == 0.0 ? 1.0 : Math.Max(Math.Min(bound, range), LeastPart * bound);
        }

        return ranges;
    }

    private void Set(FixedLayer layer, int first, string key, ReadOnlySpan<double> mask, double factor) =>
        layer.Set(first, weights[key + CfcKeys.Weight], mask, weights[key + CfcKeys.Bias], factor);

    private FixedPointElement Element(int destination, int unit, double scale)
    {
        int offset = destination + unit * format.ElementSize;
        return new FixedPointElement(offset, offset, scale);
    }
}
