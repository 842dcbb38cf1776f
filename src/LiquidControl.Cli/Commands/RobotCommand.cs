using System.CommandLine;

namespace LiquidControl.Cli.Commands;

/// <summary>`robot`: what is known about an arm.</summary>
internal static class RobotCommand
{
    public static Command Create(Terminal terminal) => new("robot", "Shows what is known about an arm, and computes its dynamics.")
    {
        RobotInfoCommand.Create(terminal),
        RobotDynamicsCommand.Create(terminal),
    };
}
