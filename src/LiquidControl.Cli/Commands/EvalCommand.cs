using System.CommandLine;

namespace LiquidControl.Cli.Commands;

/// <summary>`eval`: controllers or networks side by side.</summary>
internal static class EvalCommand
{
    public static Command Create(Terminal terminal) => new(
        "eval", "Compares controllers, predictions or observers over many seeded moves, or networks with the paper's.")
    {
        EvalArmCommand.Create(terminal),
        EvalRivalsCommand.Create(terminal),
        EvalPredictCommand.Create(terminal),
        EvalXorCommand.Create(terminal),
        EvalObserverCommand.Create(terminal),
    };
}
