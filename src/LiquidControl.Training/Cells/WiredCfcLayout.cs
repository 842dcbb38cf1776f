using LiquidControl.Neural;

namespace LiquidControl.Training.Cells;

/// <summary>A CfC wired in layers: one cell a layer. The state holds the layers one after the other; the last one is read.</summary>
internal sealed class WiredCfcLayout : CellLayout
{
    private readonly CfcCellLayout[] _layers;

    /// <param name="list">Where to lay out the tensors.</param>
    /// <param name="architecture">The network.</param>
    /// <param name="masks">Which weights of each layer's ff1 and ff2 are synapses.</param>
    public WiredCfcLayout(ParameterList list, WiredCfcArchitecture architecture, IReadOnlyList<bool[]> masks)
        : base(architecture.CellInputSize, architecture.NeuronCount)
    {
        _layers = new CfcCellLayout[architecture.Wiring.LayerSizes.Length];
        for (int layer = 0; layer < _layers.Length; layer++)
            _layers[layer] = CfcCellLayout.Layer(list, architecture, layer, masks[layer]);
    }

    public override int OutputStart => StateSize - OutputCount;

    public override int OutputCount => _layers[^1].StateSize;

    public override CellTape<T> NewTape<T>(int capacity, double dropout) =>
        new WiredCfcTape<T>(_layers, [.. _layers.Select(layer => (CfcCellTape<T>)layer.NewTape<T>(capacity, dropout))]);
}
