using System.CommandLine;

namespace LiquidControl.Cli.Commands;

/// <summary>Where recordings are written to: never over another one.</summary>
internal static class RecordingFiles
{
    private const string Ending = ".mcap";

    public static Option<string> Output(string name, string description, bool required) => new(name)
    {
        Description = description,
        HelpName = "file.mcap",
        Required = required,
    };

    /// <summary>Refuses a place before anything is done.</summary>
    /// <exception cref="BadInputException">The name has another ending, there is no such folder, or something lies there.</exception>
    public static void Check(string option, string path)
    {
        OutputFile.Check(option, path, Ending);
        if (Path.Exists(path))
            throw new BadInputException($"{option}: found {path} there already, expected a new file. Choose another name, or remove it.");
    }

    /// <summary>A new file, which others may read while it grows.</summary>
    public static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
}
