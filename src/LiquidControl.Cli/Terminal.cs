using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace LiquidControl.Cli;

/// <summary>
/// Where a command prints: standard output for results, standard error for everything else. Colour and live progress only where somebody
/// watches; redirected output is plain text.
/// </summary>
internal sealed class Terminal
{
    /// <summary>Columns of a redirected table: wide enough that no row is broken.</summary>
    private const int RedirectedWidth = 160;

    public Terminal(TextWriter output, TextWriter error, bool isInteractive)
    {
        Output = output;
        Error = error;
        IsInteractive = isInteractive;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isInteractive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isInteractive) Console.Profile.Width = RedirectedWidth;
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    public bool IsInteractive { get; }

    /// <summary>Tables and progress on standard output.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Prints one JSON value, and nothing else, on standard output.</summary>
    public void WriteJson<T>(T value, JsonTypeInfo<T> type) => Output.WriteLine(JsonSerializer.Serialize(value, type));
}
