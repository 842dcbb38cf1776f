using System.CommandLine;
using LiquidControl.Cli.Reports;
using LiquidControl.Exchange;
using LiquidControl.Neural;

namespace LiquidControl.Cli.Commands;

/// <summary>`model export`: a model for other programs.</summary>
internal static class ModelExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "A .safetensors file; what it lacks may stand in a .json file of the same name." };
        var safetensors = new Option<string?>("--safetensors") { Description = "Write weights and description as this .safetensors file.", HelpName = "file" };
        var onnx = new Option<string?>("--onnx")
        {
            Description = "Write one step as this .onnx file: input, timespan and state in, output and next_state out, in 32-bit numbers.",
            HelpName = "file",
        };
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "export", "Writes a network for other programs: safetensors with the reference library's keys, or ONNX.",
            "liquidcontrol model export firmware-config/robots/ar4-dc/policy.safetensors --onnx policy.onnx")
        {
            file, safetensors, onnx, json,
        };
        command.SetAction(result => Run(
            result.GetRequiredValue(file), result.GetValue(safetensors), result.GetValue(onnx), result.GetValue(json), terminal));
        return command;
    }

    private static int Run(string path, string? safetensors, string? onnx, bool json, Terminal terminal)
    {
        if (safetensors is null && onnx is null) throw new BadInputException("found neither --safetensors nor --onnx, expected one of them or both. Name the file to write.");
        if (safetensors is not null) OutputFile.Check("--safetensors", safetensors, ".safetensors");
        if (onnx is not null) OutputFile.Check("--onnx", onnx, ".onnx");
        var model = ModelFile.Load(path);
        byte[]? step = onnx is null ? null : OnnxExport.ToBytes(model, path);
        if (safetensors is not null) ModelFile.Save(safetensors, model);
        if (step is not null) AtomicFile.Write(onnx!, step);
        if (json) terminal.WriteJson(new ExportReport(path, safetensors, onnx), ReportJson.Default.ExportReport);
        else terminal.Output.WriteLine("Wrote " + string.Join(" and ", new[] { safetensors, onnx }.OfType<string>()) + ".");
        return ExitCode.Ok;
    }
}
