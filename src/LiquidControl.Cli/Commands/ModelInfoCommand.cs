using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Reports;
using LiquidControl.Neural;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`model info`: shape, inputs, outputs and provenance of a trained network.</summary>
internal static class ModelInfoCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "A .safetensors file; what it lacks may stand in a .json file of the same name." };
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "info", "Shows a network's shape, inputs, outputs and how it was trained.",
            "liquidcontrol model info firmware-config/robots/ar4-dc/policy.safetensors")
        {
            file, json,
        };
        command.SetAction(result => Run(result.GetRequiredValue(file), result.GetValue(json), terminal));
        return command;
    }

    private static int Run(string path, bool json, Terminal terminal)
    {
        var report = Report(path, ModelFile.Load(path));
        if (json) terminal.WriteJson(report, ReportJson.Default.ModelReport);
        else Print(report, terminal);
        return ExitCode.Ok;
    }

    private static ModelReport Report(string path, Model model)
    {
        var shape = model.Architecture;
        TensorReport[] tensors = [.. shape.Tensors().Select(tensor => new TensorReport(tensor.Key, [.. tensor.Shape]))];
        var dense = shape as CfcArchitecture;
        CfcMode? mode = dense?.Mode ?? (shape as WiredCfcArchitecture)?.Mode;
        return new(
            path, Kind(shape), mode is { } named ? CfcNames.Name(named) : null, dense is null ? null : CfcNames.Name(dense.Activation),
            shape.InputSize, shape.NeuronCount, dense?.BackboneLayers ?? 0, dense is { BackboneLayers: > 0 } ? dense.BackboneUnits : 0,
            shape.OutputSize, shape.Tensors().Where(tensor => !tensor.IsMask).Sum(tensor => (long)tensor.Length),
            model.StorageType.ToString(), model.Metadata.TimespanScale, tensors,
            [.. model.Metadata.Features.Select(feature => new SignalReport(feature.Name, feature.Unit, feature.Mean, feature.Scale))],
            [.. model.Metadata.Outputs.Select(output => new SignalReport(output.Name, output.Unit, null, output.Scale))],
            model.Metadata.Provenance.ToDictionary());
    }

    private static string Kind(NetworkArchitecture shape)
    {
        string cell = shape switch
        {
            LtcArchitecture => "LTC",
            WiredCfcArchitecture => "wired CfC",
            _ => "dense CfC",
        };
        return shape.Memory == MemoryCoupling.None ? cell : cell + " with mixed memory";
    }

    private static void Print(ModelReport report, Terminal terminal)
    {
        string mode = report.Mode is null ? "" : $", mode {report.Mode}";
        string backbone = report.BackboneLayers == 0
            ? ""
            : $", {report.BackboneLayers} backbone layer(s) of {report.BackboneUnits} with {report.Activation}";
        terminal.Output.WriteLine(
            $"{report.File}: {report.Kind}{mode}, {report.Inputs} inputs, {report.Units} neurons{backbone}, {report.Outputs} outputs, "
            + $"{report.Parameters} parameters as {report.StorageType}, timespan 1 = {Shown(report.TimespanScale)} s");
        var tensors = new Table().Title("Weights").AddColumns("key", "shape");
        foreach (var tensor in report.Tensors) tensors.AddRow(Markup.Escape(tensor.Key), string.Join(" x ", tensor.Shape));
        terminal.Console.Write(tensors);
        PrintSignals("Inputs: the network sees (value - mean) / scale", report.Features, terminal);
        PrintSignals("Outputs: the value is scale times what the network says", report.Commands, terminal);
        foreach (var (key, value) in report.Provenance) terminal.Output.WriteLine($"{key}: {value}");
    }

    private static void PrintSignals(string title, IReadOnlyList<SignalReport> signals, Terminal terminal)
    {
        if (signals.Count == 0) return;
        var table = new Table().Title(title).AddColumns("name", "unit", "mean", "scale");
        foreach (var signal in signals)
        {
            table.AddRow(Markup.Escape(signal.Name), Markup.Escape(signal.Unit), signal.Mean is { } mean ? Shown(mean) : "", Shown(signal.Scale));
        }

        terminal.Console.Write(table);
    }

    private static string Shown(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
