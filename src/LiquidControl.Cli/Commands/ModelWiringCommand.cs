using System.CommandLine;
using LiquidControl.Cli.Explaining;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Neural;
using LiquidControl.Neural.Explanation;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`model wiring`: who is wired to whom, counted and drawn.</summary>
internal static class ModelWiringCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "A .safetensors file; what it lacks may stand in a .json file of the same name." };
        var plot = new Option<string?>("--plot") { Description = "Draws the wiring to a .png or .svg.", HelpName = "file.svg" };
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "wiring", "Counts a network's neurons by role and its synapses by kind, and draws them.",
            "liquidcontrol model wiring firmware-config/robots/ar4-dc/policy.safetensors",
            "liquidcontrol model wiring tests/LiquidControl.Neural.Tests/golden/ltc_autoncp_19_1_8in.safetensors --plot wiring.svg")
        {
            file, plot, json,
        };
        command.SetAction(result => Run(result.GetRequiredValue(file), result.GetValue(plot), result.GetValue(json), terminal));
        return command;
    }

    private static int Run(string path, string? plot, bool json, Terminal terminal)
    {
        if (plot is not null && Picture.Problem(plot) is { } problem) throw new BadInputException(problem);
        var model = ModelFile.Load(path);
        var graph = WiringGraph.Of(model.Weights);
        var report = graph is null ? LayerCounts.OfDense(path, model.Architecture) : LayerCounts.Of(path, graph, model.Architecture);
        if (plot is not null)
        {
            string title = $"{Path.GetFileName(path)}: {model.Architecture.InputSize} inputs, {model.Architecture.NeuronCount} neurons";
            var sketch = graph is null ? LayerSketch.Of(title, report.Groups, report.Links) : WiringSketch.Of(title, graph, InputNames(model), OutputNames(model));
            var picture = Picture.Write(plot, sketch, PngPicture.CanWriteText);
            if (picture.Notice is { } notice) terminal.Error.WriteLine(notice);
            report = report with { Picture = picture.Path };
        }

        if (json) terminal.WriteJson(report, ReportJson.Default.WiringReport);
        else Print(report, terminal);
        return ExitCode.Ok;
    }

    private static void Print(WiringReport report, Terminal terminal)
    {
        terminal.Output.WriteLine($"{report.File}: inputs and neurons by role, and what leads from one to another");
        var groups = new Table().AddColumns("role", "count");
        foreach (var group in report.Groups) groups.AddRow(group.Role, $"{group.Count}");
        terminal.Console.Write(groups);
        var links = new Table().AddColumns("from", "to", "kind", "count");
        foreach (var link in report.Links) links.AddRow(link.From, link.To, link.Kind, $"{link.Count}");
        terminal.Console.Write(links);
        if (report.Note is not null) terminal.Output.WriteLine(report.Note);
        if (report.Picture is not null) terminal.Output.WriteLine($"Picture: {report.Picture}");
    }

    /// <summary>With the memory at the input, neurons read the memory's outputs and not the model's inputs.</summary>
    private static string[] InputNames(Model model) => model.Architecture.Memory == MemoryCoupling.Input
        ? []
        : model.Metadata.Features.IsEmpty ? [.. Recording.DefaultNames(model.Architecture.InputSize)] : [.. model.Metadata.Features.Select(feature => feature.Name)];

    private static string[] OutputNames(Model model) =>
        model.Architecture is WiredCfcArchitecture { ProjectionSize: not null } ? [] : [.. model.Metadata.Outputs.Select(output => output.Name)];
}
