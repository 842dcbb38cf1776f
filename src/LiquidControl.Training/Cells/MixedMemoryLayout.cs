using LiquidControl.Neural;

namespace LiquidControl.Training.Cells;

/// <summary>Liquid neurons beside an LSTM. The state is the neurons', then the memory's cells; the neurons are read.</summary>
internal sealed class MixedMemoryLayout : CellLayout
{
    private readonly CellLayout _neurons;
    private readonly LstmLayout _memory;
    private readonly bool _feedsState;

    public MixedMemoryLayout(ParameterList list, NetworkArchitecture architecture, CellLayout neurons)
        : base(architecture.InputSize, architecture.StateSize)
    {
        _neurons = neurons;
        _memory = LstmLayout.MixedMemory(list, architecture);
        _feedsState = architecture.Memory == MemoryCoupling.State;
    }

    public override int OutputStart => _neurons.OutputStart;

    public override int OutputCount => _neurons.OutputCount;

    public override CellTape<T> NewTape<T>(int capacity, double dropout) => new MixedMemoryTape<T>(
        _neurons.NewTape<T>(capacity, dropout), _memory.NewTape<T>(capacity, dropout), _feedsState, _neurons.StateSize * Lanes.Count);
}
