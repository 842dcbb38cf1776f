using System.CommandLine;

namespace LiquidControl.Cli.Commands;

/// <summary>`service`: the daemon that holds the loop, and the words it obeys.</summary>
internal static class ServiceCommand
{
    public static Command Create(Terminal terminal) => new("service", "Runs, asks and ends liquidcontrold, the process that holds the control loop.")
    {
        ServiceRunCommand.Create(),
        ServiceStatusCommand.Create(terminal),
        ServiceStopCommand.Create(terminal),
        ServiceLogsCommand.Create(terminal),
        ServiceWordCommand.Create(terminal, "activate", "Switches the outputs on; the arm holds where it stands.", "activate"),
        ServiceWordCommand.Create(terminal, "deactivate", "Switches the outputs off; an arm without brakes falls.", "deactivate"),
        ServiceWordCommand.Create(terminal, "hold", "Ends the move on its path; the arm stays active.", "hold"),
        ServiceWordCommand.Create(terminal, "brake", "Brings the arm to rest at once, where it stays until cleared.", "stop"),
        ServiceWordCommand.Create(
            terminal, "clear", "Back to active after a fault; or, after a daemon that ended with the outputs on, permission to activate.", "clear"),
    };
}
