using System.Collections.Immutable;

namespace LiquidControl.Neural.Kernels;

/// <summary>Makes the stages of a network, from the input to the output, and with them finds how far every number can reach.</summary>
internal sealed class FixedPointCompiler
{
    private readonly NetworkWeights _weights;
    private readonly NetworkArchitecture _architecture;
    private readonly FixedPointRanges _ranges;
    private readonly FixedPointFormat _format;
    private readonly CfcCellCompiler _cells;
    private readonly List<FixedPointStage> _stages = [];
    private readonly List<FixedPointElement> _neurons = [];
    private readonly double[] _inputBounds;
    private readonly ImmutableArray<FixedColumn> _input;
    private FixedPointMemory? _memory;
    private int _inputOffset;

    private FixedPointCompiler(NetworkWeights weights, FixedPointRanges ranges, FixedPointFormat format)
    {
        _weights = weights;
        _architecture = weights.Architecture;
        _ranges = ranges;
        _format = format;
        _cells = new CfcCellCompiler(weights, ranges, format, _stages);
        _inputBounds = [.. Enumerable.Range(0, _architecture.InputSize).Select(i => format.InputBound(ranges.Input(i)))];
        _input = format.InputColumns(_inputBounds);
    }

    /// <exception cref="ModelFormatException">The network has what fixed point does not do, or a range that overflows.</exception>
    public static FixedPointProgram Compile(NetworkWeights weights, FixedPointRanges ranges, FixedPointFormat format)
    {
        FixedPointCompiler compiler = new(weights, ranges, format);
        return weights.Architecture switch
        {
            CfcArchitecture dense => compiler.Dense(dense),
            WiredCfcArchitecture wired => compiler.Wired(wired),
            _ => throw new ModelFormatException("tensor '" + weights.Tensors[0].Key + "'", "class", "an LTC, whose solver divides",
                "a CfC, dense or wired, for a fixed-point kernel", "Compute it in float."),
        };
    }

    private FixedPointProgram Dense(CfcArchitecture architecture)
    {
        CfcCellScales scales = CfcCellScales.Of(architecture.Mode, architecture.HeadActivation, _ranges.State);
        double[] state = scales.States(architecture.Units);
        BeginMemory(state);
        FixedVector source = FirstSource(state);
        FixedVector z = _cells.AddBackbone(architecture, source);
        _cells.AddHeads(key => key, scales, z, source.SecondOffset, architecture.Units, []);
        EndCell(source, state, 0);
        return Finish(source, state, architecture.ProjectionSize);
    }

    private FixedPointProgram Wired(WiredCfcArchitecture architecture)
    {
        CfcCellScales scales = CfcCellScales.Of(architecture.Mode, architecture.HeadActivation, _ranges.State);
        ImmutableArray<int> sizes = architecture.Wiring.LayerSizes;
        BeginMemory(scales.States(architecture.NeuronCount));
        FixedVector? before = null;
        int first = 0;
        for (int layer = 0; layer < sizes.Length; layer++)
        {
            int index = layer;
            double[] state = scales.States(sizes[layer]);
            FixedVector source = before is null ? FirstSource(state) : NextSource(before, scales.States(sizes[layer - 1]), state, first);
            ReadOnlySpan<double> mask = _weights[CfcKeys.OfLayer(layer, CfcKeys.Mask)];
            _cells.AddHeads(key => CfcKeys.OfLayer(index, key), scales, source, source.SecondOffset, sizes[layer], mask);
            EndCell(source, state, first);
            before = source;
            first += sizes[layer];
        }

        return Finish(before!, scales.States(sizes[^1]), architecture.ProjectionSize);
    }

    private void BeginMemory(double[] state)
    {
        if (_architecture.Memory == MemoryCoupling.None) return;
        _memory = FixedPointMemory.Add(_weights, _format, _input, state, _stages);
        _inputOffset = _memory.Source.Offset;
    }

    /// <summary>What the first cell reads: the input, or what the memory makes of it, and a state.</summary>
    private FixedVector FirstSource(double[] state)
    {
        int inputs = _architecture.CellInputSize;
        if (_memory is null)
        {
            FixedVector plain = _format.Vector(_input, _format.Columns(inputs, state));
            _inputOffset = plain.Offset;
            return plain;
        }

        if (_architecture.Memory == MemoryCoupling.Input)
        {
            FixedVector behind = _format.Vector(_format.Columns(0, FixedPointMemory.Scales(inputs)), _format.Columns(inputs, state));
            Copy(_memory.Output, behind.Offset, inputs);
            return behind;
        }

        FixedVector beside = _format.Vector(_input, _format.Columns(inputs, FixedPointMemory.Scales(state.Length)));
        Copy(_memory.Source.Offset, beside.Offset, _input.Length);
        Copy(_memory.Output, beside.SecondOffset, state.Length);
        return beside;
    }

    /// <summary>What a cell behind another reads: the other's new state and a state.</summary>
    private FixedVector NextSource(FixedVector before, double[] stateBefore, double[] state, int first)
    {
        bool replaced = _architecture.Memory == MemoryCoupling.State;
        double[] own = replaced ? FixedPointMemory.Scales(state.Length) : state;
        FixedVector source = _format.Vector(_format.Columns(0, stateBefore), _format.Columns(stateBefore.Length, own));
        Copy(before.SecondOffset, source.Offset, stateBefore.Length);
        if (replaced) Copy(_memory!.Output + first * _format.ElementSize, source.SecondOffset, state.Length);
        return source;
    }

    /// <summary>Where the cell's new state is kept for the next step.</summary>
    private void EndCell(FixedVector source, double[] state, int first)
    {
        int size = _format.ElementSize;
        int kept = _memory is null ? source.SecondOffset : _memory.Source.SecondOffset + first * size;
        if (_memory is not null) Copy(source.SecondOffset, kept, state.Length);
        for (int i = 0; i < state.Length; i++)
        {
            _neurons.Add(new FixedPointElement(kept + i * size, source.SecondOffset + i * size, state[i]));
        }
    }

    private FixedPointProgram Finish(FixedVector last, double[] state, int? projection) => new()
    {
        Format = _format,
        InputOffset = _inputOffset,
        InputFactors = InputFactors(),
        Readout = projection is int rows
            ? _format.Readout(Projection(last, state, rows))
            : new DirectReadout(_format, state, last.SecondOffset),
        Stages = [.. _stages],
        Neurons = [.. _neurons],
        Cells = _memory?.Cells,
        Hidden = [.. _cells.Hidden],
    };

    private AlignedBuffer<float> InputFactors()
    {
        AlignedBuffer<float> factors = new(_architecture.InputSize);
        for (int i = 0; i < factors.Length; i++) factors.Span[i] = (float)(_format.InputScale / _inputBounds[i]);
        return factors;
    }

    private FixedLayer Projection(FixedVector last, double[] state, int rows)
    {
        FixedVector source = new(last.SecondOffset, [], _format.Columns(0, state), _format.ElementSize);
        FixedLayer layer = new(CfcKeys.Projection + CfcKeys.Weight, source, rows);
        layer.Set(0, _weights[CfcKeys.Projection + CfcKeys.Weight], [], _weights[CfcKeys.Projection + CfcKeys.Bias], 1.0);
        return layer;
    }

    private void Copy(int source, int destination, int elements) =>
        _stages.Add(new CopyStage(source, destination, elements * _format.ElementSize));
}
