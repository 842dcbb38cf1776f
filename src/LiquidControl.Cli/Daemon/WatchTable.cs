using System.Globalization;
using LiquidControl.Cli.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LiquidControl.Cli.Daemon;

/// <summary>`watch` for a person: the loop above, the joints below.</summary>
internal static class WatchTable
{
    public static IRenderable Of(WatchReport report) =>
        report.State is null ? new Rows(Loop(report), new Text("No cycle yet: the arm was not activated since the daemon started (liquidcontrol service activate).")) : new Rows(Loop(report), Joints(report));

    private static Table Loop(WatchReport report)
    {
        var table = new Table().AddColumns("", "").HideHeaders();
        table.AddRow("robot", $"{Markup.Escape(report.Robot)} at {Shown(report.RateHz)} Hz, process {report.Process}");
        table.AddRow("loop", Life(report));
        if (report.State is null) return table;
        table.AddRow("state, phase", $"[{(report.State == "Active" ? "green" : "yellow")}]{Markup.Escape(report.State)}[/], {Markup.Escape(report.Phase!)}");
        table.AddRow("faults", report.Faults == "None" ? "None" : $"[red]{Markup.Escape(report.Faults!)}[/]");
        table.AddRow("notices", report.Notices == "None" ? "None" : $"[yellow]{Markup.Escape(report.Notices!)}[/]");
        table.AddRow("cycle since activation", $"{report.Cycle}");
        table.AddRow("supply", $"{Shown(report.Supply!.Value)} V");
        table.AddRow($"last {Shown(report.WindowSeconds)} s", $"{report.Records} cycles, {report.SkippedPeriods} periods skipped, {report.Missing} records missing, {report.Corrupt} corrupt");
        table.AddRow("woken late by, µs", report.WakeLateness!.Words());
        table.AddRow("work of a cycle, µs", report.CycleTime!.Words());
        string active = string.Join(", ", report.Limiter.Where(limit => limit.Value > 0).Select(limit => $"{limit.Key} in {limit.Value} cycles"));
        table.AddRow("limiter", active.Length == 0 ? "idle" : $"[yellow]{Markup.Escape(active)}[/]");
        return table;
    }

    private static Table Joints(WatchReport report)
    {
        var table = new Table().AddColumns("joint", "position, °", "velocity, °/s", "error, mrad", "largest", "torque, N·m", "of it unexplained", "drive", "largest");
        foreach (var column in table.Columns) column.RightAligned();
        foreach (var joint in report.Joints)
        {
            table.AddRow(
                $"{joint.Joint}", Fixed(double.RadiansToDegrees(joint.PositionRad), 2), Fixed(double.RadiansToDegrees(joint.VelocityRadPerS), 2),
                Fixed(joint.ErrorMrad, 2), Fixed(joint.LargestErrorMrad, 2), Fixed(joint.TorqueNm, 2), Fixed(joint.UnexplainedTorqueNm, 2), Fixed(joint.Drive, 3), Fixed(joint.LargestDrive, 3));
        }

        return report.IsStale ? table.BorderColor(Color.Grey).Caption("stale") : table;
    }

    private static string Life(WatchReport report) => report switch
    {
        { Writer: "ended" } => "[yellow]ended as it should; the values are its last[/]",
        { Writer: "died" } => "[red]died without a word, or this is a copy; the values are stale[/]",
        { IsStale: true } => $"[red]no cycle for {Fixed(1e-3 * report.AgeMs!.Value, 1)} s; the values are stale[/]",
        _ => "[green]runs[/]",
    };

    private static string Shown(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Fixed(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);
}
