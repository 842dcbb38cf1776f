using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>A CfC wired in layers, with or without mixed memory.</summary>
/// <remarks>
/// The layers' states lie one after the other. Each layer's heads read a vector that is assembled in working memory: the layer before it, then
/// the layer itself. A masked weight is a zero here, since it shares its place in a vector with a time head, which is never masked; the batch
/// form, one state across the vector, leaves it out.
/// </remarks>
internal readonly unsafe struct WiredCfcNetwork<TSimd, TVector> : IFloatNetwork
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly ImmutableArray<int> _layerSizes;
    private readonly PackedCell<TSimd, TVector>[] _layers;
    private readonly MixedInput<TSimd, TVector>? _memory;
    private readonly PackedReadout<TSimd, TVector>? _readout;
    private readonly int _inputs;
    private readonly int _input;
    private readonly int _state;
    private readonly int _output;
    private readonly int _lastLayer;
    private readonly int _sumsLength;
    private readonly int _readLength;

    public WiredCfcNetwork(NetworkWeights weights, WiredCfcArchitecture architecture, float? constantTimespan)
    {
        _layerSizes = architecture.Wiring.LayerSizes;
        _layers = new PackedCell<TSimd, TVector>[_layerSizes.Length];
        List<LinearRows> sums = [];
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            int index = layer;
            CellRows cell = CellRows.Read(weights, key => CfcKeys.OfLayer(index, key), architecture.Mode, architecture.HeadActivation,
                weights[CfcKeys.OfLayer(layer, CfcKeys.Mask)], 1.0, constantTimespan);
            _layers[layer] = new PackedCell<TSimd, TVector>(
                cell, cell.Solution<TSimd, TVector>(architecture.Mode, architecture.HeadActivation, constantTimespan));
            sums.Add(cell.Rows);
            _sumsLength = int.Max(_sumsLength, StepLayout.Align(_layers[layer].WorkLength));
            _readLength = int.Max(_readLength, StepLayout.Align(architecture.HeadInputSize(layer) + TSimd.Width));
        }

        if (architecture.ProjectionSize is not null)
        {
            LinearRows readout = LinearRows.Read(weights, CfcKeys.Projection);
            sums.Add(readout);
            _readout = new PackedReadout<TSimd, TVector>(readout);
        }

        int units = architecture.NeuronCount;
        int[] neurons = [.. Enumerable.Range(0, units)];
        _memory = MixedInput<TSimd, TVector>.Create(weights, neurons);
        // Coupled to its input, the network reads the memory's output, a number for each neuron.
        _inputs = architecture.CellInputSize;
        Layout = new StepLayout(weights.Architecture.InputSize, units, _memory is null ? 0 : units, _readout?.OutputLength ?? 0);
        _input = Layout.Input;
        _state = Layout.State;
        _output = Layout.Output;
        _lastLayer = Layout.State + units - _layerSizes[^1];
        Places = Layout.Places(neurons, _memory is not null);
        Output = _readout is null ? _lastLayer : Layout.Output;
        WorkLength = _sumsLength + _readLength + (_memory?.WorkLength ?? 0);
        Range = _memory is not null ? FiniteRange.None : FiniteRange.OfCfc(
            architecture.Mode, architecture.HeadActivation, (input, _) => sums.Max(rows => rows.LargestSum(input)));
    }

    public StepLayout Layout { get; }

    public int[] Places { get; }

    public int Output { get; }

    public int WorkLength { get; }

    public FiniteRange Range { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(float* current, float* next, float* work, float timespan)
    {
        float* z = work + _sumsLength;
        float* before = current + _input;
        float* old = current + _state;
        if (_memory is not null)
        {
            before = _memory.Apply(current, next, Layout, z + _readLength);
            old = before + _inputs;
        }

        float* state = next + _state;
        int sources = _inputs;
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            int size = _layerSizes[layer];
            CopyVectors(before, z, sources);
            CopyVectors(old, z + sources, size);
            _layers[layer].Apply(z, timespan, work, state);
            before = state;
            sources = size;
            state += size;
            old += size;
        }

        _readout?.Apply(next + _lastLayer, next + _output);
    }

    /// <summary>Copies whole vectors, the last of them perhaps beyond the end: there is always something to read, and room to write.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyVectors(float* from, float* to, nint length)
    {
        for (float* end = to + length; to < end; from += TSimd.Width, to += TSimd.Width) TSimd.Store(TSimd.Load(from), to);
    }
}
