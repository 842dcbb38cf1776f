using LiquidControl.Neural;
using LiquidControl.Neural.Wirings;
using LiquidControl.Training.Rivals;
using Xunit;

namespace LiquidControl.Training.Tests;

/// <summary>One small network of every kind that can be trained, with three inputs and two outputs.</summary>
internal static class TestNetworks
{
    public const int InputSize = 3;
    public const int OutputSize = 2;

    private static readonly NcpRecipe Ncp = new()
    {
        InterNeurons = 5,
        CommandNeurons = 4,
        MotorNeurons = OutputSize,
        SensoryFanout = 3,
        InterFanout = 2,
        RecurrentCommandSynapses = 4,
        MotorFanin = 3,
    };

    private static readonly Dictionary<string, Func<NetworkParameters>> Makers = new()
    {
        ["cfc"] = () => new(Dense),
        ["cfc with identity heads"] = () => new(Dense with { HeadActivation = HeadActivation.Identity }),
        ["cfc with lecun_tanh heads"] = () => new(Dense with { HeadActivation = HeadActivation.LecunTanh, Mode = CfcMode.NoGate }),
        ["cfc with three layers"] = () => new(Dense with { BackboneLayers = 3, Activation = Activation.Silu, BackboneDropout = true }),
        ["cfc memory to state"] = () => new(Dense with { Memory = MemoryCoupling.State }),
        ["cfc memory to input"] = () => new(Dense with { Memory = MemoryCoupling.Input, ForgetGateBias = 0.6, Mode = CfcMode.Pure }),
        ["wired"] = () => new(Wired),
        ["wired pure"] = () => new(Wired with { Mode = CfcMode.Pure }),
        ["wired lecun_tanh no_gate"] = () => new(Wired with { Mode = CfcMode.NoGate, HeadActivation = HeadActivation.LecunTanh }),
        ["wired fully connected, projected"] = () => new(Wired with { Wiring = new FullyConnectedRecipe(6), ProjectionSize = OutputSize }),
        ["wired memory to state"] = () => new(Wired with { Memory = MemoryCoupling.State }),
        ["wired memory to input"] = () => new(Wired with { Memory = MemoryCoupling.Input }),
        ["ltc"] = () => new(Ltc),
        ["ltc explicit, linear maps"] = () => new(Ltc with
        {
            ImplicitConstraints = false,
            InputMapping = LtcMapping.Linear,
            OutputMapping = LtcMapping.Linear,
        }),
        ["ltc without maps"] = () => new(Ltc with
        {
            OdeUnfolds = 2,
            TimespanOffset = 0.5,
            InputMapping = LtcMapping.None,
            OutputMapping = LtcMapping.None,
        }),
        ["ltc memory to state"] = () => new(Ltc with { Memory = MemoryCoupling.State, OdeUnfolds = 2 }),
        ["ltc memory to input"] = () => new(Ltc with { Memory = MemoryCoupling.Input, OdeUnfolds = 2 }),
        ["gru"] = () => new(new GruArchitecture { InputSize = InputSize, OutputSize = OutputSize, Units = 5 }),
        ["gru with dt"] = () => new(
            new GruArchitecture { InputSize = InputSize, OutputSize = OutputSize, Units = 5, ReadsTimespan = true }),
        ["lstm"] = () => new(new LstmArchitecture { InputSize = InputSize, OutputSize = OutputSize, Units = 5 }),
        ["lstm with dt"] = () => new(
            new LstmArchitecture { InputSize = InputSize, OutputSize = OutputSize, Units = 5, ReadsTimespan = true }),
        ["mlp"] = () => new(new WindowedMlpArchitecture
        {
            InputSize = InputSize,
            OutputSize = OutputSize,
            Window = 3,
            HiddenUnits = 6,
            Activation = Activation.Tanh,
        }),
        ["mlp with dt, deep"] = () => new(new WindowedMlpArchitecture
        {
            InputSize = InputSize,
            OutputSize = OutputSize,
            Window = 2,
            HiddenUnits = 5,
            HiddenLayers = 3,
            Activation = Activation.Gelu,
            ReadsTimespan = true,
        }),
    };

    public static TheoryData<string> Names => [.. Makers.Keys];

    public static TheoryData<string> LiquidNames => [.. Makers.Keys.Where(static name => Of(name).Architecture is not null)];

    private static CfcArchitecture Dense => new() { InputSize = InputSize, Units = 5, BackboneUnits = 6, ProjectionSize = OutputSize };

    private static WiredCfcArchitecture Wired => new() { InputSize = InputSize, Wiring = Ncp };

    private static LtcArchitecture Ltc => new() { InputSize = InputSize, Wiring = Ncp };

    public static NetworkParameters Of(string name) => Makers[name]();
}
