using System.CommandLine;

namespace LiquidControl.Cli.Commands;

/// <summary>`model`: what is in a trained network's file, what it does, and whether it is computed as the reference library does.</summary>
internal static class ModelCommand
{
    public static Command Create(Terminal terminal) => new("model", "Shows and explains a trained network, and holds this program's networks against the reference library's.")
    {
        ModelInfoCommand.Create(terminal),
        ModelImportCommand.Create(terminal),
        ModelExportCommand.Create(terminal),
        ModelVerifyCommand.Create(terminal),
        ModelQuantizeCommand.Create(terminal),
        ModelExplainCommand.Create(terminal),
        ModelTimelineCommand.Create(terminal),
        ModelWiringCommand.Create(terminal),
    };
}
