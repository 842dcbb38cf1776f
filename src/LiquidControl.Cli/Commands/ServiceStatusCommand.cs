using System.CommandLine;
using LiquidControl.Cli.Daemon;
using LiquidControl.Cli.Reports;
using LiquidControl.Hosting;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`service status`: what the daemon says of itself, and systemd of the daemon.</summary>
internal static class ServiceStatusCommand
{
    public static Command Create(Terminal terminal)
    {
        var socket = DaemonOptions.Socket();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "status", "Shows state, faults and latch of a running liquidcontrold; exit code 2 when there is none.",
            "liquidcontrol service status", "liquidcontrol service status --socket ./control --json")
        {
            socket, json,
        };
        command.SetAction(result =>
        {
            var report = Report(result.GetRequiredValue(socket));
            if (result.GetValue(json)) terminal.WriteJson(report, ReportJson.Default.ServiceStatusReport);
            else Print(report, terminal);
            return ExitCode.Ok;
        });
        return command;
    }

    private static ServiceStatusReport Report(string socket)
    {
        var unit = SystemdUnit.Find();
        try
        {
            using var daemon = DaemonConnection.Open(socket);
            var status = daemon.Status();
            int process = daemon.DaemonProcess;
            return new(
                process, status.State, status.Phase, status.Faults, status.Notices, status.Goal, status.Cycles, status.Skipped, status.Control, status.Latch,
                unit?.Active, unit?.Runs(process) ?? false);
        }
        catch (IOException error) when (unit is { Exists: true, Active: not "active" })
        {
            throw new BadInputException($"{error.Message} Systemd says of {SystemdUnit.Name}: {unit.Active} (liquidcontrol service logs).");
        }
    }

    private static void Print(ServiceStatusReport report, Terminal terminal)
    {
        var table = new Table().Title($"liquidcontrold, process {report.Process}").AddColumns("", "").HideHeaders();
        Row("state", report.State);
        Row("phase", report.Phase);
        Row("faults", report.Faults);
        Row("notices", report.Notices);
        Row("last goal", report.Goal);
        Row("cycles, periods skipped", $"{report.Cycles}, {report.SkippedPeriods}");
        Row("control", report.Control);
        Row("systemd", report.Unit is null ? "not on this machine" : report.RunBySystemd ? "runs it" : $"does not run it; its unit is {report.Unit}");
        terminal.Console.Write(table);
        if (report.Latch is not null) terminal.Output.WriteLine($"Latched: {report.Latch} Look at the arm, then: liquidcontrol service clear.");

        void Row(string name, string value) => table.AddRow(name, Markup.Escape(value));
    }
}
