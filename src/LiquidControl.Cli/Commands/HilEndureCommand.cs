using System.CommandLine;
using LiquidControl.Cli.Benchmarks.Jitter;
using LiquidControl.Cli.Benchmarks.Nodes;
using LiquidControl.Cli.Reports;
using LiquidControl.Cli.Rigs.Nodes;
using LiquidControl.Hosting;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`hil endure`: the daemon drives the arm through the nodes for minutes while readers come and go.</summary>
internal static class HilEndureCommand
{
    private const double UsualSeconds = 600.0;

    public static Command Create(Terminal terminal)
    {
        var robot = CommonOptions.Robot();
        var seconds = NumberOptions.Number("--seconds", $"How long. [default: {UsualSeconds}]", 6.0, 86_400.0, "a number from 6 to 86400, s");
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "endure", "Lets the daemon drive the arm back and forth through emulated nodes, while readers of its ring come, go and are killed.",
            "liquidcontrol hil endure", "liquidcontrol hil endure --seconds 60 --json")
        {
            robot, seconds, json,
        };
        command.SetAction((result, cancellation) => RunAsync(
            HilCommand.RobotWithChips(result.GetRequiredValue(robot)), TimeSpan.FromSeconds(result.GetValue(seconds) ?? UsualSeconds),
            result.GetValue(json), terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        RobotConfiguration robot, TimeSpan duration, bool json, Terminal terminal, CancellationToken cancellation)
    {
        var program = await DaemonProgram.FindAsync(terminal, cancellation);
        using EmulatorProcess emulator = new(Path.GetFullPath(robot.Path), cancellation);
        using DaemonOnNodes daemon = new(emulator.Folder, program, Path.GetFullPath(robot.Path));
        EnduranceTrial trial = new(emulator, daemon, robot);
        var report = await MeasurementProgress.ShowAsync(
            "moves", json, terminal, progress => trial.RunAsync(duration, progress, cancellation));
        if (json) terminal.WriteJson(report, ReportJson.Default.EnduranceReport);
        else Print(report, terminal);
        return report.IsKept ? ExitCode.Ok : ExitCode.Missed;
    }

    private static void Print(EnduranceReport report, Terminal terminal)
    {
        Table table = new Table().Title($"{report.Robot}, {report.Seconds:F0} s through the nodes").AddColumns("", "");
        table.AddRow("cycles", $"{report.Cycles}");
        table.AddRow("periods skipped, in so many stalls", $"{report.Late}, {report.Stalls}");
        table.AddRow("  periods with a reader / a process that reads no ring, per mille", $"{report.LatePerMilleWithReader:F2} / {report.LatePerMilleWithStranger:F2}");
        table.AddRow("  stalls about when a reader / such a process came or went", $"{report.StallsNearReaders} / {report.StallsNearStrangers}");
        table.AddRow("readers attached / killed with -9", $"{report.Readers} / {report.ReadersKilled}");
        table.AddRow("records read / lost / torn", $"{report.RecordsRead} / {report.RecordsLost} / {report.RecordsTorn}");
        table.AddRow("records left in the ring / torn", $"{report.RecordsLeft} / {report.RecordsLeftTorn}");
        table.AddRow("moves / not within 1 mm", $"{report.Moves} / {report.MovesMissed}");
        table.AddRow("worst error at a goal, mm", $"{report.WorstErrorMm:F3}");
        terminal.Console.Write(table);
        foreach (string fault in report.Faults) terminal.Output.WriteLine($"Fault: {fault}");
        terminal.Output.WriteLine($"The plant's thread looks every millisecond; this machine kept it waiting for {report.PlantLongestGapMs:F1} ms at most.");
        terminal.Output.WriteLine(report.IsKept ? "Kept." : "NOT kept.");
    }
}
