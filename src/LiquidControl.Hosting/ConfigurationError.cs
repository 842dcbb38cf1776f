namespace LiquidControl.Hosting;

/// <summary>One thing wrong in a configuration file: where it stands, what was found, what was expected and what to do. Line and column count from 1.</summary>
public sealed record ConfigurationError(string File, int Line, int Column, string Key, string Found, string Expected, string Remedy)
{
    private const int LongestShown = 1000;

    public override string ToString() =>
        $"{File}:{Line}:{Column}: {Shortened(Key)}: found {Shortened(Found)}, expected {Shortened(Expected)}. {Shortened(Remedy)}";

    /// <summary>Keys and what was found come from the file and may be as long as that.</summary>
    private static string Shortened(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";
}
