using System.Globalization;
using LiquidControl.Cli.Daemon;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Control;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`move --daemon`: drives the motion, shows how far it is, and says how well it went.</summary>
internal static class DaemonMoveRun
{
    /// <param name="move">A daemon that takes a goal.</param>
    /// <param name="arm">What it drives.</param>
    /// <param name="goal">rad.</param>
    /// <param name="to">The goal's name.</param>
    /// <param name="plot">Of a picture; null for none.</param>
    /// <param name="json">One value in place of words.</param>
    /// <param name="terminal">Where it prints.</param>
    /// <param name="cancellation">Ends the move on its path.</param>
    public static int Run(DaemonMove move, ArmDescription arm, double[] goal, string to, string? plot, bool json, Terminal terminal, CancellationToken cancellation)
    {
        var cycles = terminal.IsInteractive && !json
            ? terminal.Console.Progress().Start(context =>
            {
                var task = context.AddTask($"{arm.Name} to {to}");
                return move.Run(goal, (elapsed, duration) => (task.MaxValue, task.Value) = (duration, Math.Min(elapsed, duration)), cancellation);
            })
            : move.Run(goal, (_, _) => { }, cancellation);
        var report = DaemonMoveJudge.Judge(arm, goal, cycles);
        var picture = plot is null ? default : Picture.Write(plot, $"{arm.Name} to {to}", BlackBoxPanels.Of(cycles), PngPicture.CanWriteText);
        if (picture.Notice is { } notice) terminal.Error.WriteLine(notice);
        if (json) terminal.WriteJson(report, ReportJson.Default.DaemonMoveReport);
        else Print(report, to, picture.Path, terminal);
        if (report.State != nameof(ControlState.Active))
            terminal.Error.WriteLine($"Fault: {report.Faults}. The arm is {report.State}. Look at it, then: liquidcontrol service clear.");
        return report.Reached ? ExitCode.Ok : ExitCode.Missed;
    }

    private static void Print(DaemonMoveReport report, string to, string? picture, Terminal terminal)
    {
        var table = new Table().Title($"{report.Robot} to {Markup.Escape(to)}, by its own encoders").AddColumns("", "").HideHeaders();
        table.AddRow("final position error", $"{Shown(report.FinalPositionErrorMm)} mm");
        table.AddRow("final orientation error", $"{Shown(report.FinalOrientationErrorMrad)} mrad");
        table.AddRow("largest path error", $"{Shown(report.PathErrorMaxMm)} mm");
        table.AddRow("planned time", $"{Shown(report.DurationS)} s");
        table.AddRow("settled, after the planned time", $"{Shown(report.SettleMs)} ms");
        table.AddRow("cycles (late, not read)", $"{report.Cycles} ({report.LateCycles}, {report.MissingRecords})");
        table.AddRow("periods skipped", $"{report.SkippedPeriods}");
        table.AddRow("woken late by, µs", report.WakeLateness.Words());
        table.AddRow("work of a cycle, µs", report.CycleTime.Words());
        table.AddRow("limiter interventions", $"{report.LimiterInterventions}");
        table.AddRow("state, faults", $"{report.State}, {Markup.Escape(report.Faults)}");
        terminal.Console.Write(table);
        if (picture is not null) terminal.Output.WriteLine($"Picture: {picture}");
        terminal.Output.WriteLine(report.Reached ? "Goal reached." : "Goal NOT reached.");
    }

    private static string Shown(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
