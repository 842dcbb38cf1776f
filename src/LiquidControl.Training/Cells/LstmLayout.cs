using LiquidControl.Neural;

namespace LiquidControl.Training.Cells;

/// <summary>
/// An LSTM: gates = W_in x + b_in + W_rec h (+ b_rec), c' = c σ(forget) + tanh(candidate) σ(input), h' = tanh(c') σ(output). The state is
/// h, then c; h is read.
/// </summary>
internal sealed class LstmLayout : CellLayout
{
    private LstmLayout(int inputSize, int units, bool readsTimespan, LstmGates gates, LinearBlock inputMap, LinearBlock recurrentMap)
        : base(inputSize, 2 * units)
    {
        ReadsTimespan = readsTimespan;
        Gates = gates;
        InputMap = inputMap;
        RecurrentMap = recurrentMap;
    }

    public bool ReadsTimespan { get; }

    public LstmGates Gates { get; }

    public LinearBlock InputMap { get; }

    public LinearBlock RecurrentMap { get; }

    public override int OutputCount => StateSize / 2;

    /// <summary>The memory beside liquid neurons (<see cref="Neural.MixedMemory{T}"/>).</summary>
    public static LstmLayout MixedMemory(ParameterList list, NetworkArchitecture architecture)
    {
        const double BiasBound = 0.1;
        int units = architecture.NeuronCount;
        int gates = 4 * units;
        int inputs = architecture.InputSize;
        int weight = list.AddMatrix(LstmKeys.InputMap + CfcKeys.Weight, gates, inputs, ParameterStart.Xavier(gates, inputs));
        int bias = list.AddVector(LstmKeys.InputMap + CfcKeys.Bias, gates, ParameterStart.Within(BiasBound));
        int recurrent = list.AddMatrix(LstmKeys.RecurrentMap + CfcKeys.Weight, gates, units, ParameterStart.Orthogonal(gates, units));
        return new LstmLayout(
            inputs, units, readsTimespan: false, LstmGates.MixedMemory(architecture.ForgetGateBias),
            new LinearBlock(weight, bias, gates, inputs), new LinearBlock(recurrent, LinearBlock.None, gates, units));
    }

    /// <summary>torch's LSTM, with its two biases.</summary>
    public static LstmLayout Rival(int inputSize, int units, bool readsTimespan, LinearBlock inputMap, LinearBlock recurrentMap) =>
        new(inputSize, units, readsTimespan, LstmGates.Torch, inputMap, recurrentMap);

    public override CellTape<T> NewTape<T>(int capacity, double dropout) => new LstmTape<T>(this, capacity);
}
