using System.CommandLine;
using LiquidControl.Cli.Benchmarks.Jitter;
using LiquidControl.Cli.Reports;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Commands;

/// <summary>
/// `bench allocate`, which `bench jitter` starts and nobody else needs: a process that allocates as the dashboard will, and reads the loop's
/// ring, until its standard input ends.
/// </summary>
internal static class BenchAllocateCommand
{
    public static Command Create(Terminal terminal)
    {
        var ring = new Option<string?>("--ring") { Description = "The ring to read.", HelpName = "path" };
        var command = new Command("allocate", "Allocates 100 MB/s until standard input ends; a part of bench jitter.") { ring };
        command.Hidden = true;
        command.SetAction(result => Run(result.GetValue(ring), terminal));
        return command;
    }

    private static int Run(string? path, Terminal terminal)
    {
        using var ring = path is null ? null : SharedRingReader.Open(path);
        AllocatingReader reader = new(ring);
        terminal.Output.WriteLine("ready");
        terminal.Output.Flush();
        var report = reader.Run(Task.Run(Console.In.ReadToEnd));
        terminal.WriteJson(report, ReportJson.Default.AllocationReport);
        return ExitCode.Ok;
    }
}
