using System.CommandLine;
using LiquidControl.Cli.Explaining;
using LiquidControl.Neural;
using LiquidControl.Neural.Ode;

namespace LiquidControl.Cli.Commands;

/// <summary>`ode driving`: an untrained LTC network of the driving network's shape for the inputs of a recording.</summary>
internal static class OdeDrivingCommand
{
    /// <summary>Inputs are spread about the middle of the synapses' sigmoids, whose midpoints start within 0.3 and 0.8.</summary>
    private const double InputMean = 0.5;

    private const double InputDeviation = 0.25;

    public static Command Create(Terminal terminal)
    {
        var recording = new Option<string>("--recording")
        {
            Description = "CSV whose columns become the inputs, each scaled to mean 0.5 and deviation 0.25.",
            Required = true,
            HelpName = "csv",
        };
        var seed = NumberOptions.Whole("--seed", "Of the weights. [default: 1]", 0, long.MaxValue);
        var output = new Option<string>("--out") { Description = "The .safetensors file to write.", Required = true, HelpName = "safetensors" };
        var command = new ExampleCommand(
            "driving", "Writes an untrained LTC network with 12 inter, 6 command and 1 motor neuron, as those that kept a car in its lane, for a recording's inputs.",
            "liquidcontrol move place --recording move.csv",
            "liquidcontrol ode driving --recording move.csv --out driving.safetensors",
            "liquidcontrol ode closed-form driving.safetensors --recording move.csv")
        {
            recording, seed, output,
        };
        command.SetAction(result => Run(
            result.GetRequiredValue(recording), (ulong)(result.GetValue(seed) ?? 1), result.GetRequiredValue(output), terminal));
        return command;
    }

    private static int Run(string recording, ulong seed, string output, Terminal terminal)
    {
        OutputFile.Check("--out", output, ".safetensors");
        var columns = RecordingFile.Columns(recording);
        var weights = DrivingNetwork.Draw(columns.Count, seed);
        ModelFile.Save(output, new Model
        {
            Weights = weights,
            StorageType = TensorType.F64,
            Metadata = new ModelMetadata
            {
                Features = [.. columns.Select(column => Feature(column.Key, column.Value))],
                Provenance = [KeyValuePair.Create("weights", $"untrained, seed {seed}")],
            },
        });
        terminal.Output.WriteLine($"Wrote {output}: {columns.Count} inputs, {weights.Architecture.NeuronCount} neurons, seed {seed}.");
        return ExitCode.Ok;
    }

    private static ModelFeature Feature(string name, double[] values)
    {
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        double scale = deviation > 0.0 ? deviation / InputDeviation : 1.0;
        return new ModelFeature(name, "1", mean - InputMean * scale, scale);
    }
}
