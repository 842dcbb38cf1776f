using System.CommandLine;
using System.Diagnostics;
using LiquidControl.Hosting;

namespace LiquidControl.Cli.Commands;

/// <summary>A word that the daemon obeys, as a command: it says how the daemon stands afterwards.</summary>
internal static class ServiceWordCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2), Patience = TimeSpan.FromSeconds(1);

    /// <param name="terminal">Where it prints.</param>
    /// <param name="name">Of the command.</param>
    /// <param name="description">Of the command.</param>
    /// <param name="word">Of the protocol.</param>
    public static Command Create(Terminal terminal, string name, string description, string word)
    {
        var socket = DaemonOptions.Socket();
        var command = new ExampleCommand(name, description, $"liquidcontrol service {name}", $"liquidcontrol service {name} --socket ./control")
        {
            socket,
        };
        command.SetAction(result =>
        {
            using var daemon = DaemonConnection.Open(result.GetRequiredValue(socket));
            daemon.Ask(word);

            // The loop obeys in the next cycle that begins; a loop that hangs is shown as it stood.
            var status = daemon.Status();
            long obeyed = status.Cycles + 2;
            for (var asked = Stopwatch.StartNew(); status.Cycles < obeyed && asked.Elapsed < Patience; status = daemon.Status()) Thread.Sleep(Look);
            terminal.Output.WriteLine($"{status.State}, {status.Phase}, faults {status.Faults}.");
            return ExitCode.Ok;
        });
        return command;
    }
}
