using LiquidControl.Neural;
using LiquidControl.Neural.Wirings;
using LiquidControl.Training.Rivals;

namespace LiquidControl.Training.Arm;

/// <summary>The networks that are trained for the arm, shipped one and rivals, by the sizes of their input and output.</summary>
public static class ArmNetworks
{
    /// <summary>By their names in tables; the shipped one first.</summary>
    public static IReadOnlyDictionary<string, Func<int, int, NetworkParameters>> All { get; } =
        new Dictionary<string, Func<int, int, NetworkParameters>>(StringComparer.Ordinal)
        {
            ["cfc-64"] = Cfc64,
            ["cfc-32"] = static (inputs, outputs) => Dense(inputs, outputs, 32, 64),
            ["cfc-19"] = static (inputs, outputs) => Dense(inputs, outputs, 19, 48),
            ["ncp-32"] = static (inputs, outputs) => new NetworkParameters(new WiredCfcArchitecture
            {
                InputSize = inputs,
                Wiring = new AutoNcpRecipe(32, 12),
                ProjectionSize = outputs,
            }),
            ["gru-32"] = static (inputs, outputs) => new NetworkParameters(
                new GruArchitecture { InputSize = inputs, OutputSize = outputs, Units = 32, ReadsTimespan = true }),
            ["lstm-32"] = static (inputs, outputs) => new NetworkParameters(
                new LstmArchitecture { InputSize = inputs, OutputSize = outputs, Units = 32, ReadsTimespan = true }),
            ["mlp-64"] = static (inputs, outputs) => new NetworkParameters(new WindowedMlpArchitecture
            {
                InputSize = inputs,
                OutputSize = outputs,
                Window = 8,
                HiddenUnits = 64,
                HiddenLayers = 2,
                ReadsTimespan = true,
            }),
        };

    public static NetworkParameters Cfc64(int inputs, int outputs) => Dense(inputs, outputs, 64, 96);

    private static NetworkParameters Dense(int inputs, int outputs, int units, int backboneUnits) => new(new CfcArchitecture
    {
        InputSize = inputs,
        Units = units,
        BackboneUnits = backboneUnits,
        ProjectionSize = outputs,
    });
}
