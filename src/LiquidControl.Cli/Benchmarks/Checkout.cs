namespace LiquidControl.Cli.Benchmarks;

/// <summary>The source tree, for commands that build something from it.</summary>
internal static class Checkout
{
    private const string Solution = "LiquidControl.sln";

    /// <summary>The tree around the current directory, else the one this program was built in.</summary>
    /// <exception cref="BadInputException">Neither lies in one.</exception>
    public static string Find()
    {
        string current = Directory.GetCurrentDirectory();
        return Above(current) ?? Above(AppContext.BaseDirectory) ?? throw new BadInputException(
            $"found no {Solution} in {current} or above it, expected LiquidControl's source tree, from which benchmarks are built. "
            + "Run this from within it.");
    }

    private static string? Above(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Solution))) return at.FullName;
        }

        return null;
    }
}
