using System.CommandLine;

namespace LiquidControl.Cli.Commands;

/// <summary>`train`: makes the networks.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal) => new("train", "Trains a robot's network in simulation.")
    {
        TrainArmCommand.Create(terminal),
    };
}
