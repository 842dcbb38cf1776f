using System.CommandLine;

namespace LiquidControl.Cli.Commands;

/// <summary>`eval`: controllers or networks side by side.</summary>
internal static class EvalCommand
{
    public static Command Create(Terminal terminal) => new(
        "eval", "Compares controllers or predictions over many seeded moves, or networks with the paper's.")
    {
        EvalArmCommand.Create(terminal),
        EvalPredictCommand.Create(terminal),
        EvalXorCommand.Create(terminal),
    };
}
