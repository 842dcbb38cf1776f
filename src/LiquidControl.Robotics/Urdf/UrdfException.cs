namespace LiquidControl.Robotics;

/// <summary>What is wrong with a robot description, where, and what to do about it.</summary>
public sealed class UrdfException(string file, int line, string element, string found, string expected, string remedy)
    : FormatException($"{file}:{line}: {Shortened(element)}: found {Shortened(found)}; expected {Shortened(expected)}. {Shortened(remedy)}")
{
    private const int LongestShown = 500;

    public string File { get; } = file;

    /// <summary>From 1 on; 0 where there is no line, as with a file that is too large to open.</summary>
    public int Line { get; } = line;

    /// <summary>The XML element, with its name attribute where it has one.</summary>
    public string Element { get; } = element;

    public string Found { get; } = found;

    public string Expected { get; } = expected;

    public string Remedy { get; } = remedy;

    /// <summary>Names and lists of names come from the file and may be as long as that.</summary>
    private static string Shortened(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";
}
