using LiquidControl.Neural;
using LiquidControl.Training.Cells;

namespace LiquidControl.Training.Rivals;

/// <summary>
/// The shape of a multilayer perceptron over the last samples, the oldest first, zeros before the first one: layers act(W z + b), each
/// starting at ±1/√in as torch's Linear.
/// </summary>
public sealed record WindowedMlpArchitecture : RivalArchitecture
{
    /// <summary>Samples it sees, the newest included.</summary>
    public required int Window { get; init; }

    /// <summary>Width of every hidden layer.</summary>
    public required int HiddenUnits { get; init; }

    public int HiddenLayers { get; init; } = 1;

    public Activation Activation { get; init; } = Activation.Relu;

    internal override CellLayout NewCell(ParameterList list)
    {
        LinearBlock[] layers = new LinearBlock[HiddenLayers];
        int width = Window * ReadSize;
        for (int layer = 0; layer < layers.Length; layer++)
        {
            layers[layer] = list.AddPlainLayer(RivalKeys.Hidden(layer), HiddenUnits, width, isKernel: true);
            width = HiddenUnits;
        }

        return new WindowedMlpLayout(InputSize, ReadsTimespan, Window, Activation, layers);
    }

    private protected override void ThrowIfCellInvalid()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenUnits, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenLayers, 1);
    }
}
