using System.CommandLine;
using LiquidControl.Hosting;

namespace LiquidControl.Cli.Commands;

/// <summary>A word that the daemon obeys, as a command: it says how the daemon stands afterwards.</summary>
internal static class ServiceWordCommand
{
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

            // The loop obeys in its next cycle.
            Thread.Sleep(TimeSpan.FromMilliseconds(20));
            var status = daemon.Status();
            terminal.Output.WriteLine($"{status.State}, {status.Phase}, faults {status.Faults}.");
            return ExitCode.Ok;
        });
        return command;
    }
}
