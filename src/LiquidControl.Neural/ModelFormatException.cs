namespace LiquidControl.Neural;

/// <summary>
/// A model or reference file is not what it must be. The message names file, place, what was found and expected, and a remedy.
/// </summary>
public sealed class ModelFormatException : Exception
{
    private const int LongestShown = 500;

    public ModelFormatException(string file, string place, string found, string expected, string remedy, Exception? inner = null)
        : base($"{file}: {Shortened(place)}: found {Shortened(found)}, expected {expected}. {remedy}", inner)
    {
        File = file;
        Place = place;
    }

    public string File { get; }

    /// <summary>The tensor, key or offset.</summary>
    public string Place { get; }

    /// <summary>Keys come from the file and may be as long as that.</summary>
    private static string Shortened(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";
}
