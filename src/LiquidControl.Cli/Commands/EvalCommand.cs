using System.CommandLine;

namespace LiquidControl.Cli.Commands;

/// <summary>`eval`: controllers side by side.</summary>
internal static class EvalCommand
{
    public static Command Create(Terminal terminal) => new("eval", "Compares controllers over many seeded moves.")
    {
        EvalArmCommand.Create(terminal),
    };
}
