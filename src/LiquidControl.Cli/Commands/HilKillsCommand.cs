using System.CommandLine;
using LiquidControl.Cli.Benchmarks.Jitter;
using LiquidControl.Cli.Benchmarks.Nodes;
using LiquidControl.Cli.Reports;
using LiquidControl.Cli.Rigs.Nodes;
using LiquidControl.Hosting;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`hil kills`: kill -9 of the daemon at random moments of a move.</summary>
internal static class HilKillsCommand
{
    private const long UsualCount = 100;
    private const long UsualSeed = 1;

    public static Command Create(Terminal terminal)
    {
        var robot = CommonOptions.Robot();
        var count = NumberOptions.Whole("--count", $"Kills; each takes about 3 s, and one freeze follows ten. [default: {UsualCount}]", 1, 100_000);
        var seed = NumberOptions.Whole("--seed", $"Of the moments. [default: {UsualSeed}]", 0, long.MaxValue);
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "kills", "Kills the daemon (kill -9) at random moments of a move through emulated nodes: when do the outputs go off, and what does the next one say?",
            "liquidcontrol hil kills", "liquidcontrol hil kills --count 10 --seed 7 --json")
        {
            robot, count, seed, json,
        };
        command.SetAction((result, cancellation) => RunAsync(
            HilCommand.RobotWithChips(result.GetRequiredValue(robot)), (int)(result.GetValue(count) ?? UsualCount), (ulong)(result.GetValue(seed) ?? UsualSeed),
            result.GetValue(json), terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        RobotConfiguration robot, int count, ulong seed, bool json, Terminal terminal, CancellationToken cancellation)
    {
        var daemon = await DaemonProgram.FindAsync(terminal, cancellation);
        using EmulatorProcess emulator = new(Path.GetFullPath(robot.Path), cancellation);
        KillTrial trial = new(emulator, daemon, robot, seed);
        var report = await MeasurementProgress.ShowAsync(
            "kills", json, terminal, progress => Task.Run(() => trial.Run(count, progress, cancellation), cancellation));
        if (json) terminal.WriteJson(report, ReportJson.Default.KillReport);
        else Print(report, terminal);
        return report.IsKept ? ExitCode.Ok : ExitCode.Missed;
    }

    private static void Print(KillReport report, Terminal terminal)
    {
        Table table = new Table().Title($"{report.Kills} kills, {report.Freezes} freezes; {report.Powered} of them while the outputs were on").AddColumns("", "p50", "worst");
        table.AddRow($"outputs off after, ms (at most {report.WatchdogMs:G})", $"{report.OffP50Ms:F2}", $"{report.OffMaxMs:F2}");
        table.AddRow("seen by the plant's thread after, ms", $"{report.PlantSawP50Ms:F2}", $"{report.PlantSawMaxMs:F2}");
        terminal.Console.Write(table);
        terminal.Output.WriteLine($"Still on after 30 ms: {report.StillOn}. Restarts that kept silent: {report.Unreported}; that activated without a clear: {report.NotRefused}.");
        foreach (string refusal in report.Refusals) terminal.Output.WriteLine($"Not activated: {refusal}");
        terminal.Output.WriteLine($"The plant's thread looks every millisecond; this machine kept it waiting for {report.PlantLongestGapMs:F1} ms at most.");
        terminal.Output.WriteLine(report.IsKept ? "Kept." : "NOT kept.");
    }
}
