using LiquidControl.Neural;
using LiquidControl.Training.Cells;

namespace LiquidControl.Training.Rivals;

/// <summary>
/// The cell of a <see cref="WindowedMlpArchitecture"/>. Its state is the last layer, which is read, then the samples before the next one.
/// </summary>
internal sealed class WindowedMlpLayout : CellLayout
{
    private readonly LinearBlock[] _layers;

    public WindowedMlpLayout(int inputSize, bool readsTimespan, int window, Activation activation, LinearBlock[] layers)
        : base(inputSize, layers[^1].Outputs + (layers[0].Inputs / window * (window - 1)))
    {
        _layers = layers;
        ReadsTimespan = readsTimespan;
        SampleSize = layers[0].Inputs / window;
        Activation = activation;
    }

    public bool ReadsTimespan { get; }

    /// <summary>Rows of one sample.</summary>
    public int SampleSize { get; }

    public Activation Activation { get; }

    public ReadOnlySpan<LinearBlock> Layers => _layers;

    public override int OutputCount => _layers[^1].Outputs;

    public override CellTape<T> NewTape<T>(int capacity, double dropout) => new WindowedMlpTape<T>(this, capacity);
}
