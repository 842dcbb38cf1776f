using LiquidControl.Neural;
using LiquidControl.Neural.Wirings;

namespace LiquidControl.Training.Cells;

/// <summary>
/// An LTC (formulas: <see cref="Ltc{T}"/>) and the offsets of its tensors. The starting ranges are those of
/// <see cref="LtcInitialisation"/>.
/// </summary>
internal sealed class LtcLayout : CellLayout
{
    /// <param name="list">Where to lay out the tensors.</param>
    /// <param name="architecture">The network.</param>
    /// <param name="mask">Which neuron acts on which, [source, destination].</param>
    /// <param name="sensoryMask">Which input acts on which neuron, [source, destination].</param>
    public LtcLayout(ParameterList list, LtcArchitecture architecture, bool[] mask, bool[] sensoryMask)
        : base(architecture.CellInputSize, architecture.NeuronCount)
    {
        Architecture = architecture;
        OutputCount = architecture.OutputSize;
        bool bounded = !architecture.ImplicitConstraints;
        Wiring wiring = architecture.Wiring.Build(architecture.CellInputSize);
        LeakConductance = list.AddVector(LtcKeys.LeakConductance, StateSize, ParameterStart.Between(0.001, 1.0), bounded);
        LeakPotential = list.AddVector(LtcKeys.LeakPotential, StateSize, ParameterStart.Within(0.2));
        Capacitance = list.AddVector(LtcKeys.Capacitance, StateSize, ParameterStart.Between(0.4, 0.6), bounded);
        Recurrent = new LtcSynapseLayout(list, LtcKeys.Recurrent, StateSize, mask, wiring.Synapses, bounded);
        Sensory = new LtcSynapseLayout(list, LtcKeys.Sensory, StateSize, sensoryMask, wiring.SensorySynapses, bounded);
        (InputWeight, InputBias) = AddMapping(list, architecture.InputMapping, LtcKeys.InputWeight, LtcKeys.InputBias, InputSize);
        (OutputWeight, OutputBias) = AddMapping(list, architecture.OutputMapping, LtcKeys.OutputWeight, LtcKeys.OutputBias, OutputCount);
    }

    public LtcArchitecture Architecture { get; }

    public int LeakConductance { get; }

    public int LeakPotential { get; }

    public int Capacitance { get; }

    public LtcSynapseLayout Recurrent { get; }

    public LtcSynapseLayout Sensory { get; }

    /// <summary><see cref="LinearBlock.None"/> without an input mapping.</summary>
    public int InputWeight { get; }

    /// <summary><see cref="LinearBlock.None"/> unless the input mapping is affine.</summary>
    public int InputBias { get; }

    /// <summary><see cref="LinearBlock.None"/> without an output mapping.</summary>
    public int OutputWeight { get; }

    /// <summary><see cref="LinearBlock.None"/> unless the output mapping is affine.</summary>
    public int OutputBias { get; }

    public override int OutputCount { get; }

    public override CellTape<T> NewTape<T>(int capacity, double dropout) => new LtcTape<T>(this, capacity);

    private static (int Weight, int Bias) AddMapping(ParameterList list, LtcMapping mapping, string weight, string bias, int length) =>
    (
        mapping == LtcMapping.None ? LinearBlock.None : list.AddVector(weight, length, ParameterStart.Constant(1f)),
        mapping == LtcMapping.Affine ? list.AddVector(bias, length, ParameterStart.Constant(0f)) : LinearBlock.None
    );
}
