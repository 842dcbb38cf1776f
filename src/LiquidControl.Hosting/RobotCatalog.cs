namespace LiquidControl.Hosting;

/// <summary>
/// Finds a robot's configuration: firmware-config/robots/NAME/robot.toml above the current directory (a clone), else beside the program
/// (copied there by the build), or a path.
/// </summary>
public static class RobotCatalog
{
    private static readonly string RobotsFolder = Path.Combine("firmware-config", "robots");

    /// <summary>Path of the robot.toml that a name or a path stands for.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message lists the known robots.</exception>
    public static string Find(string nameOrPath) => Find(nameOrPath, Directory.GetCurrentDirectory(), AppContext.BaseDirectory);

    /// <summary>Names of the robots that can be found from here, sorted.</summary>
    public static IReadOnlyList<string> Names() => Names(Directory.GetCurrentDirectory(), AppContext.BaseDirectory);

    internal static string Find(string nameOrPath, params string[] startDirectories)
    {
        if (nameOrPath.EndsWith(".toml", StringComparison.OrdinalIgnoreCase) || nameOrPath.AsSpan().ContainsAny('/', '\\'))
        {
            return FromPath(nameOrPath);
        }

        foreach (string folder in Folders(startDirectories))
        {
            string file = Path.Combine(folder, nameOrPath, "robot.toml");
            if (nameOrPath is not ("" or "." or "..") && File.Exists(file)) return Shortest(file);
        }

        var names = Names(startDirectories);
        string known = names.Count == 0
            ? "none was found; run inside a clone of the repository or give the path of a robot.toml"
            : "known robots: " + string.Join(", ", names);
        string meant = Spelling.Nearest(nameOrPath, names) is { } nearest ? $" Did you mean {nearest}?" : "";
        throw new FileNotFoundException($"There is no robot \"{nameOrPath}\"; {known}.{meant}");
    }

    internal static IReadOnlyList<string> Names(params string[] startDirectories) =>
    [
        .. Folders(startDirectories)
            .SelectMany(Directory.EnumerateDirectories)
            .Where(folder => File.Exists(Path.Combine(folder, "robot.toml")))
            .Select(folder => Path.GetFileName(folder))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static string FromPath(string path)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, "robot.toml") : path;
        return File.Exists(file) ? file : throw new FileNotFoundException($"There is no file {file}. Give a robot's name or the path of its robot.toml.");
    }

    /// <summary>Relative to the current directory where the file is below it: this is what messages show.</summary>
    private static string Shortest(string file)
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
    }

    /// <summary>Every firmware-config/robots in or above the start directories.</summary>
    private static IEnumerable<string> Folders(string[] startDirectories)
    {
        foreach (string start in startDirectories)
        {
            for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
            {
                string folder = Path.Combine(directory.FullName, RobotsFolder);
                if (Directory.Exists(folder)) yield return folder;
            }
        }
    }
}
