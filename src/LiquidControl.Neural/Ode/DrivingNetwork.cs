using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;

namespace LiquidControl.Neural.Ode;

/// <summary>
/// The liquid network of the lane-keeping experiments (Lechner et al. 2020, Nature Machine Intelligence 2, 642-652): 12 inter, 6 command
/// and 1 motor neuron, with the reference library's fan-outs for it. The trained weights are not published; these are untrained ones.
/// </summary>
public static class DrivingNetwork
{
    /// <summary>Its wiring.</summary>
    public static NcpRecipe Wiring { get; } = new()
    {
        InterNeurons = 12,
        CommandNeurons = 6,
        MotorNeurons = 1,
        SensoryFanout = 6,
        InterFanout = 4,
        RecurrentCommandSynapses = 4,
        MotorFanin = 6,
    };

    /// <summary>Weights from the initial ranges.</summary>
    public static NetworkWeights Draw(int inputSize, ulong seed) =>
        LtcInitialisation.Draw(new LtcArchitecture { InputSize = inputSize, Wiring = Wiring }, new RandomStream(seed));
}
