using System.CommandLine;
using LiquidControl.Cli.Reports;
using LiquidControl.Exchange;
using LiquidControl.Neural;

namespace LiquidControl.Cli.Commands;

/// <summary>`model import`: a model trained in Python, made this program's own.</summary>
internal static class ModelImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "Weights: a .pt of torch.save(model.state_dict(), path), or a .safetensors." };
        var config = new Option<string?>("--config")
        {
            Description = "JSON with the network's \"class\" and \"constructor\" arguments; without it, the .json beside the weights.",
            HelpName = "json",
        };
        var from = CommonOptions.Choice(
            "--from", "The program it was trained with. " + string.Join("; ", ModelSource.All.Select(source => $"{source.Name}: {source.Description}")) + ".",
            ModelSource.NcpsTorch.Name, [.. ModelSource.All.Select(source => source.Name)]);
        var output = new Option<string>("--out") { Description = "The .safetensors file to write.", Required = true, HelpName = "safetensors" };
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "import",
            "Reads weights from Python and writes them with their description, ready to run. Keys are those of ncps for PyTorch; a Keras weight "
            + "[in, out] is called .kernel instead of .weight. A pickle is read without executing anything of it.",
            "liquidcontrol model import policy.pt --config policy.json --out policy.safetensors",
            """where policy.json holds {"class": "CfC", "constructor": {"input_size": 8, "wiring": {"class": "AutoNCP", "units": 19, "output_size": 1}}}""",
            "liquidcontrol model import keras.safetensors --config keras.json --from ncps-keras --out policy.safetensors")
        {
            file, config, from, output, json,
        };
        command.SetAction(result => Run(
            result.GetRequiredValue(file), result.GetValue(config), ModelSource.All.Single(source => source.Name == result.GetRequiredValue(from)),
            result.GetRequiredValue(output), result.GetValue(json), terminal));
        return command;
    }

    private static int Run(string path, string? config, ModelSource source, string output, bool json, Terminal terminal)
    {
        OutputFile.Check("--out", output, ".safetensors");
        var model = ModelImport.Read(path, config, source);
        ModelFile.Save(output, model);
        var report = new ImportReport(path, source.Name, output, model.Architecture.InputSize, model.Architecture.NeuronCount, model.Architecture.OutputSize);
        if (json) terminal.WriteJson(report, ReportJson.Default.ImportReport);
        else
        {
            terminal.Output.WriteLine(
                $"Wrote {output}: {report.Inputs} inputs, {report.Neurons} neurons, {report.Outputs} outputs, from {source.Description}. "
                + $"See it: liquidcontrol model info {output}");
        }

        return ExitCode.Ok;
    }
}
