using LiquidControl.Training.Cells;

namespace LiquidControl.Training.Rivals;

/// <summary>The cell of a <see cref="GruArchitecture"/>.</summary>
internal sealed class GruLayout(int inputSize, int units, bool readsTimespan, LinearBlock inputMap, LinearBlock recurrentMap)
    : CellLayout(inputSize, units)
{
    public bool ReadsTimespan { get; } = readsTimespan;

    public LinearBlock InputMap { get; } = inputMap;

    public LinearBlock RecurrentMap { get; } = recurrentMap;

    public override CellTape<T> NewTape<T>(int capacity, double dropout) => new GruTape<T>(this, capacity);
}
