using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using LiquidControl.Cli.Benchmarks;
using LiquidControl.Cli.Daemon;
using LiquidControl.Cli.Reports;
using LiquidControl.Hosting;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Commands;

/// <summary>`service stop`: asks the daemon to bring the arm to rest and end, and waits for it.</summary>
internal sealed class ServiceStopCommand
{
    /// <summary>A daemon lets go of an arm that does not come to rest within 3 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Two signals of a kind at once count as one.</summary>
    private static readonly TimeSpan BetweenSignals = TimeSpan.FromMilliseconds(50);

    private readonly Option<string> _socket = DaemonOptions.Socket();
    private readonly Option<bool> _now = new("--now") { Description = "Does not wait for the arm to come to rest: the outputs go off at once." };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private ServiceStopCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var stop = new ServiceStopCommand(terminal);
        var command = new ExampleCommand(
            "stop", "Brings the arm to rest and ends liquidcontrold; exit code 0 only when it has ended.",
            "liquidcontrol service stop", "liquidcontrol service stop --socket ./control --now")
        {
            stop._socket, stop._now, stop._json,
        };
        command.SetAction(stop.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        string socket = result.GetRequiredValue(_socket);
        using var daemon = DaemonConnection.Open(socket);
        string before = daemon.Status().State;
        int process = daemon.DaemonProcess;
        if (process <= 0)
        {
            throw new BadInputException(
                $"{socket}: found a daemon whose process cannot be seen from here, expected one of this machine. Stop it where it runs (inside its container).");
        }

        bool isUnit = SystemdUnit.Find()?.Runs(process) ?? false, now = result.GetValue(_now);
        var since = Stopwatch.StartNew();
        if (isUnit && !now) await StopUnitAsync(cancellation);
        else Signal(daemon, process, now);
        bool ended = daemon.WaitForTheEnd(Patience) && IsGone(socket, since);
        ServiceStopReport report = new(process, before, ended, since.Elapsed.TotalSeconds, isUnit && !now ? "systemctl" : "signal");
        if (result.GetValue(_json)) _terminal.WriteJson(report, ReportJson.Default.ServiceStopReport);
        else await _terminal.Output.WriteLineAsync(Words(report, isUnit && now));
        return ended ? ExitCode.Ok : ExitCode.Missed;
    }

    /// <summary>Under systemd a daemon that only got a signal would be taken for one that ended by itself.</summary>
    private async Task StopUnitAsync(CancellationToken cancellation)
    {
        int code = await ChildProcess.RunAsync(
            "systemctl", ["stop", SystemdUnit.Name], Path.GetTempPath(), _terminal.Error, _terminal.Error, cancellation);
        if (code != 0) throw new BadInputException($"systemctl stop {SystemdUnit.Name}: ended with {code}. See its message above; it may need sudo.");
    }

    private static void Signal(DaemonConnection daemon, int process, bool now)
    {
        ProcessSignal.SendTerminate(process);
        if (now && !daemon.WaitForTheEnd(BetweenSignals)) ProcessSignal.SendTerminate(process);
    }

    /// <summary>The daemon lets go of its socket last of all.</summary>
    private static bool IsGone(string socket, Stopwatch since)
    {
        while (since.Elapsed < Patience)
        {
            try
            {
                DaemonConnection.Open(socket).Dispose();
                Thread.Sleep(5);
            }
            catch (IOException)
            {
                return true;
            }
        }

        return false;
    }

    private static string Words(ServiceStopReport report, bool mayComeBack) => string.Create(
        CultureInfo.InvariantCulture,
        $"liquidcontrold, process {report.Process}, {(report.Ended ? $"was {report.StateBefore} and has ended" : "has NOT ended")} after {report.Seconds:F2} s.")
        + (report.Ended ? mayComeBack ? " Systemd may start it again (Restart=); to keep it down: systemctl stop liquidcontrold." : "" : " Once more with --now.");
}
