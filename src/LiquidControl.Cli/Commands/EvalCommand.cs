using System.CommandLine;

namespace LiquidControl.Cli.Commands;

/// <summary>`eval`: controllers or networks side by side.</summary>
internal static class EvalCommand
{
    public static Command Create(Terminal terminal) => new(
        "eval", "Compares controllers over many seeded moves, networks with the paper's, or observers with each other.")
    {
        EvalArmCommand.Create(terminal),
        EvalRivalsCommand.Create(terminal),
        EvalXorCommand.Create(terminal),
        EvalObserverCommand.Create(terminal),
    };
}
