using LiquidControl.Training.Cells;

namespace LiquidControl.Training.Rivals;

/// <summary>
/// The shape of a GRU (Cho et al. 2014) as torch.nn.GRU computes it, one layer, two biases:
/// <code>
/// [r; z; n] = W_ih x + b_ih,  [r'; z'; n'] = W_hh h + b_hh
/// h' = (1 − s) tanh(n + σ(r + r') n') + s h,  s = σ(z + z')
/// </code>
/// </summary>
public sealed record GruArchitecture : RivalArchitecture
{
    public required int Units { get; init; }

    internal override CellLayout NewCell(ParameterList list)
    {
        RecurrentMaps maps = RecurrentMaps.Add(list, gates: 3, Units, ReadSize);
        return new GruLayout(InputSize, Units, ReadsTimespan, maps.Input, maps.Recurrent);
    }

    private protected override void ThrowIfCellInvalid() => ArgumentOutOfRangeException.ThrowIfLessThan(Units, 1);
}
