namespace LiquidControl.Cli.Tests;

/// <summary>Asks for a stop as soon as a line that begins with some words is written.</summary>
internal sealed class StoppingWriter(CancellationTokenSource stop, string words) : StringWriter
{
    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.StartsWith(words, StringComparison.Ordinal) == true) stop.Cancel();
    }
}
