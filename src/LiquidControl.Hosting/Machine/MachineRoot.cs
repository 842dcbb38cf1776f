namespace LiquidControl.Hosting.Machine;

/// <summary>
/// The machine as its files show it. Every check reads through this, so a test puts a folder in the place of /. Reading never throws.
/// </summary>
/// <param name="prefix">The folder that stands for /; empty for the machine itself.</param>
/// <param name="calls">The system calls that no file answers.</param>
public sealed class MachineRoot(string prefix, IMachineCalls calls)
{
    /// <summary>The machine this process runs on.</summary>
    public static MachineRoot Here { get; } = new("", new LinuxCalls());

    public IMachineCalls Calls { get; } = calls;

    /// <summary>Where a path of the machine really is.</summary>
    public string PathOf(string path) => prefix + path;

    public bool Exists(string path) => Path.Exists(PathOf(path));

    /// <summary>A file's content without white space at its ends; null when it is missing or unreadable.</summary>
    public string? Text(string path)
    {
        try
        {
            return File.ReadAllText(PathOf(path)).Trim();
        }
        catch (Exception e) when (IsExpected(e))
        {
            return null;
        }
    }

    public byte[]? Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(PathOf(path));
        }
        catch (Exception e) when (IsExpected(e))
        {
            return null;
        }
    }

    /// <summary>Lines of a file; none when it is missing or unreadable.</summary>
    public string[] Lines(string path) => Text(path)?.Split('\n') ?? [];

    /// <summary>Names in a folder, sorted; none when it is missing or unreadable.</summary>
    public string[] Names(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(PathOf(folder)).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (IsExpected(e))
        {
            return [];
        }
    }

    // A path put together from another file's text may be none at all (ArgumentException).
    private static bool IsExpected(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException;
}
