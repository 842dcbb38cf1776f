using System.CommandLine;
using LiquidControl.Cli;
using Spectre.Console;

namespace LiquidControl.Fuzz.Commands;

/// <summary>`list`: the readers and their corpora.</summary>
internal static class ListCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = FuzzCommandLine.Json();
        var command = new ExampleCommand("list", "Lists the readers that can be fuzzed.", "dotnet run --project tests/LiquidControl.Fuzz -- list")
        {
            json,
        };
        command.SetAction(result => Run(result.GetValue(json), terminal));
        return command;
    }

    private static int Run(bool json, Terminal terminal)
    {
        TargetReport[] reports =
            [.. FuzzTargets.All.Select(target => new TargetReport(target.Name, target.Description, FuzzCorpus.FilesOf(target).Count, target.Assemblies))];
        if (json)
        {
            terminal.WriteJson(reports, FuzzJson.Default.TargetReportArray);
            return ExitCode.Ok;
        }

        var table = new Table().AddColumns("target", "reads", "corpus", "instrumented");
        foreach (var report in reports) table.AddRow(report.Name, report.Description, $"{report.Corpus}", string.Join(", ", report.Assemblies));
        terminal.Console.Write(table);
        return ExitCode.Ok;
    }
}
