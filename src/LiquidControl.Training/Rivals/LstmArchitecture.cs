using LiquidControl.Training.Cells;

namespace LiquidControl.Training.Rivals;

/// <summary>
/// The shape of an LSTM (Hochreiter and Schmidhuber 1997, with forget gate) as torch.nn.LSTM computes it, one layer, two biases:
/// <code>
/// [i; f; g; o] = W_ih x + b_ih + W_hh h + b_hh
/// c' = σ(f) c + σ(i) tanh(g),  h' = σ(o) tanh(c')
/// </code>
/// </summary>
public sealed record LstmArchitecture : RivalArchitecture
{
    public required int Units { get; init; }

    internal override CellLayout NewCell(ParameterList list)
    {
        RecurrentMaps maps = RecurrentMaps.Add(list, gates: 4, Units, ReadSize);
        return LstmLayout.Rival(InputSize, Units, ReadsTimespan, maps.Input, maps.Recurrent);
    }

    private protected override void ThrowIfCellInvalid() => ArgumentOutOfRangeException.ThrowIfLessThan(Units, 1);
}
