namespace LiquidControl.Fuzz;

/// <summary>
/// The inputs kept for each reader, in corpus/&lt;target&gt;: sound files to start from, what earlier runs reached, and every finding.
/// </summary>
public static class FuzzCorpus
{
    private const string Solution = "LiquidControl.sln";

    /// <summary>A target's folder in the source tree this program was built in.</summary>
    /// <exception cref="DirectoryNotFoundException">The program does not lie in a source tree, or the folder is missing.</exception>
    public static string FolderOf(FuzzTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, Solution))) continue;
            string folder = Path.Combine(at.FullName, "tests", "LiquidControl.Fuzz", "corpus", target.Name);
            return Directory.Exists(folder) ? folder : throw new DirectoryNotFoundException($"{folder}: found nothing, expected sound inputs to start from.");
        }

        throw new DirectoryNotFoundException($"found no {Solution} above {AppContext.BaseDirectory}, expected the source tree with the corpus in it.");
    }

    /// <summary>A target's inputs, by name.</summary>
    public static IReadOnlyList<string> FilesOf(FuzzTarget target) => [.. Directory.EnumerateFiles(FolderOf(target)).Order(StringComparer.Ordinal)];
}
