using System.CommandLine;
using LiquidControl.Cli.Reports;
using LiquidControl.Hosting;
using LiquidControl.Hosting.Machine;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`doctor`: whether this machine can keep the robot's rate, and what to type where it cannot.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var robot = CommonOptions.Robot();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "doctor", "Checks whether this machine can keep the robot's rate, and says how to mend what is wrong. Exit code 1 when a check fails.",
            "liquidcontrol doctor", "liquidcontrol doctor --robot ar4-dc --json")
        {
            robot, json,
        };
        command.SetAction(result => Run(result.GetRequiredValue(robot), result.GetValue(json), MachineRoot.Here, terminal));
        return command;
    }

    /// <summary>Inspects the machine of <paramref name="root"/>; a test puts a folder in its place.</summary>
    internal static int Run(string name, bool json, MachineRoot root, Terminal terminal)
    {
        var robot = RobotConfiguration.Load(RobotCatalog.Find(name));
        var report = MachineInspection.Inspect(root, MachineDemand.Of(robot));
        if (json) terminal.WriteJson(Report(robot, report), ReportJson.Default.DoctorReport);
        else Print(robot, report, terminal);
        return report.KeepsItsPromise ? ExitCode.Ok : ExitCode.Missed;
    }

    private static DoctorReport Report(RobotConfiguration robot, MachineReport report) => new(
        robot.Arm.Name, robot.Arm.Rate, report.Board, report.LoopCpu, report.Count(CheckResult.Fails), report.Count(CheckResult.Warning),
        report.Count(CheckResult.Undetermined), report.Verdict(),
        [.. report.Findings.Select(finding => new DoctorCheckReport(finding.Check, Word(finding.Result), finding.Found, finding.Expected, finding.Fix))]);

    private static void Print(RobotConfiguration robot, MachineReport report, Terminal terminal)
    {
        var table = new Table().Title($"{Markup.Escape(robot.Arm.Name)} at {robot.Arm.Rate:G6} Hz on this machine").AddColumns("check", "result", "found");
        foreach (var finding in report.Findings)
        {
            table.AddRow(Markup.Escape(finding.Check), $"[{Colour(finding.Result)}]{Word(finding.Result)}[/]", Markup.Escape(finding.Found));
        }

        terminal.Console.Write(table);
        foreach (var finding in report.Findings.Where(finding => finding.Fix is not null).OrderByDescending(finding => finding.Result))
        {
            // Not through the console: it would break a line that is meant to be copied.
            terminal.Output.WriteLine($"{finding.Check}: {Word(finding.Result)}. Expected: {finding.Expected}.");
            terminal.Output.WriteLine($"  fix: {finding.Fix}");
        }

        terminal.Output.WriteLine();
        terminal.Output.WriteLine(report.Verdict());
    }

    private static string Word(CheckResult result) => result switch
    {
        CheckResult.NotHere => "not here",
        CheckResult.Ok => "ok",
        CheckResult.Undetermined => "undetermined",
        CheckResult.Warning => "warning",
        _ => "fails",
    };

    private static string Colour(CheckResult result) => result switch
    {
        CheckResult.Ok => "green",
        CheckResult.Warning => "yellow",
        CheckResult.Fails => "red",
        _ => "grey",
    };
}
