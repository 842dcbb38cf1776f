using System.CommandLine;

namespace LiquidControl.Cli.Commands;

/// <summary>`train`: makes the networks.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal) => new(
        "train", "Trains networks: a robot's in simulation, or the paper's on its own task.")
    {
        TrainArmCommand.Create(terminal),
        TrainPredictCommand.Create(terminal),
        TrainXorCommand.Create(terminal),
    };
}
