namespace LiquidControl.Cli;

/// <summary>Refuses a place to write to before the work is done, not after.</summary>
internal static class OutputFile
{
    public static void Check(string option, string path, string ending)
    {
        if (!path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        {
            throw new BadInputException($"{option}: found {path}, expected a file name ending in {ending}. Change the ending.");
        }

        CheckFolder(option, path);
    }

    /// <summary>For a file whose name may end in anything.</summary>
    public static void CheckFolder(string option, string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw new BadInputException($"{option}: there is no directory {folder}. Create it or choose another place.");
        }
    }
}
