using System.CommandLine;
using LiquidControl.Cli.Daemon;
using LiquidControl.Cli.Reports;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`watch`: what a running daemon's loop and arm do, from its ring; it cannot disturb them.</summary>
internal sealed class WatchCommand
{
    private const double UsualWindow = 5.0;

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    private readonly Option<string> _ring = DaemonOptions.Ring();
    private readonly Option<double?> _window = NumberOptions.Number("--window", $"Seconds that jitter and limiter are shown of. [default: {UsualWindow:G}]", 0.1, 16.0, "0.1 to 16 s");
    private readonly Option<bool> _once = new("--once") { Description = "Prints one table and ends, as it does where output is no terminal." };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private WatchCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var watch = new WatchCommand(terminal);
        var command = new ExampleCommand(
            "watch", "Shows state, faults, jitter, limiter and joints of a running liquidcontrold until q or Ctrl-C.",
            "liquidcontrol watch", "liquidcontrol watch --ring ./ring --window 10", "liquidcontrol watch --json")
        {
            watch._ring, watch._window, watch._once, watch._json,
        };
        command.SetAction(watch.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        using RingWatch watch = new(result.GetRequiredValue(_ring), result.GetValue(_window) ?? UsualWindow);
        if (result.GetValue(_json)) _terminal.WriteJson(watch.Look(), ReportJson.Default.WatchReport);
        else if (result.GetValue(_once) || !_terminal.IsInteractive) _terminal.Console.Write(WatchTable.Of(watch.Look()));
        else await ShowAsync(watch, cancellation);
        return ExitCode.Ok;
    }

    private Task ShowAsync(RingWatch watch, CancellationToken cancellation) =>
        _terminal.Console.Live(WatchTable.Of(watch.Look())).StartAsync(async screen =>
        {
            while (!cancellation.IsCancellationRequested && !IsEnough())
            {
                screen.UpdateTarget(WatchTable.Of(watch.Look()));
                await Task.Delay(Refresh, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });

    /// <summary>Whether q was pressed.</summary>
    private static bool IsEnough()
    {
        while (!Console.IsInputRedirected && Console.KeyAvailable)
        {
            if (Console.ReadKey(intercept: true).Key == ConsoleKey.Q) return true;
        }

        return false;
    }
}
