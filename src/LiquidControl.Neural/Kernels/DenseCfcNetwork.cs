using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>A dense CfC, with or without mixed memory.</summary>
internal readonly unsafe struct DenseCfcNetwork<TSimd, TVector> : IFloatNetwork
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly MixedInput<TSimd, TVector>? _memory;
    private readonly PackedLayer<TSimd, TVector>[] _backbone;
    private readonly Activation _activation;
    private readonly PackedCell<TSimd, TVector> _cell;
    private readonly PackedReadout<TSimd, TVector>? _readout;
    private readonly int _layerLength;
    private readonly bool _hasMore;
    private readonly nint _sumsLength;
    private readonly nint _input;
    private readonly nint _state;
    private readonly nint _output;

    public DenseCfcNetwork(NetworkWeights weights, CfcArchitecture architecture, float? constantTimespan)
    {
        _activation = architecture.Activation;
        _backbone = new PackedLayer<TSimd, TVector>[architecture.BackboneLayers];
        LinearRows[] backbone = [.. Enumerable.Range(0, _backbone.Length).Select(layer => BackboneRows.Read(weights, architecture, layer))];
        for (int layer = 0; layer < _backbone.Length; layer++)
        {
            _backbone[layer] = PackedLayer<TSimd, TVector>.InOrder(backbone[layer]);
            _layerLength = StepLayout.Align(_backbone[layer].OutputLength);
        }

        CellRows cell = CellRows.Read(weights, key => key, architecture.Mode, architecture.HeadActivation, [],
            BackboneRows.Factor(architecture), constantTimespan);
        _cell = new PackedCell<TSimd, TVector>(
            cell, cell.Solution<TSimd, TVector>(architecture.Mode, architecture.HeadActivation, constantTimespan));
        LinearRows? readout = architecture.ProjectionSize is null ? null : LinearRows.Read(weights, CfcKeys.Projection);
        if (readout is not null) _readout = new PackedReadout<TSimd, TVector>(readout);

        int units = architecture.Units;
        int[] neurons = [.. Enumerable.Range(0, units)];
        _memory = MixedInput<TSimd, TVector>.Create(weights, neurons);
        Layout = new StepLayout(weights.Architecture.InputSize, units, _memory is null ? 0 : units, _readout?.OutputLength ?? 0);
        _hasMore = _memory is not null || _backbone.Length > 0;
        _input = Layout.Input;
        _state = Layout.State;
        _output = Layout.Output;
        _sumsLength = StepLayout.Align(_cell.WorkLength);
        Places = Layout.Places(neurons, _memory is not null);
        Output = _readout is null ? Layout.State : Layout.Output;
        WorkLength = (int)_sumsLength + 2 * _layerLength + (_memory?.WorkLength ?? 0);
        Range = _memory is not null ? FiniteRange.None : FiniteRange.OfCfc(architecture.Mode, architecture.HeadActivation,
            (input, state) => LargestSum(architecture, backbone, cell.Rows, readout, input, state));
    }

    public StepLayout Layout { get; }

    public int[] Places { get; }

    public int Output { get; }

    public int WorkLength { get; }

    public FiniteRange Range { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(float* current, float* next, float* work, float timespan)
    {
        float* z = current + _input;
        if (_hasMore) z = ApplyMore(z, current, next, work + _sumsLength);
        float* state = next + _state;
        _cell.Apply(z, timespan, work, state);
        _readout?.Apply(state, next + _output);
    }

    /// <summary>Memory and backbone: what the heads read then. It lies in the working memory.</summary>
    private float* ApplyMore(float* z, float* current, float* next, float* work)
    {
        if (_memory is not null) z = _memory.Apply(current, next, Layout, work + 2 * _layerLength);
        float* layer = work;
        float* other = work + _layerLength;
        foreach (PackedLayer<TSimd, TVector> backbone in _backbone)
        {
            foreach (ref readonly Panel panel in backbone.Panels.AsSpan())
            {
                panel.Apply<TSimd, TVector>(z, layer);
                PackedActivation<TSimd, TVector>.Apply(_activation, layer + panel.First, panel.Length);
            }

            z = layer;
            layer = other;
            other = z;
        }

        return z;
    }

    private static double LargestSum(
        CfcArchitecture architecture, LinearRows[] backbone, LinearRows heads, LinearRows? readout, double input, double state)
    {
        bool isBounded = architecture.Activation is Activation.Tanh or Activation.LecunTanh;
        double largest = 0.0, z = input;
        foreach (LinearRows layer in backbone)
        {
            double sum = layer.LargestSum(z);
            largest = double.Max(largest, sum);
            z = isBounded ? 1.0 : sum;
        }

        return double.Max(double.Max(largest, heads.LargestSum(z)), readout?.LargestSum(state) ?? 0.0);
    }
}
