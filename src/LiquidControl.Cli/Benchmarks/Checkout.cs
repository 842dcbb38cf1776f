namespace LiquidControl.Cli.Benchmarks;

/// <summary>The source tree, for commands that build something from it.</summary>
internal static class Checkout
{
    private const string Solution = "LiquidControl.sln";

    /// <summary>The tree around the current directory, else the one this program was built in.</summary>
    /// <exception cref="BadInputException">Neither lies in one.</exception>
    public static string Find()
    {
        return TryFind() ?? throw new BadInputException(
            $"found no {Solution} in {Directory.GetCurrentDirectory()} or above it, expected LiquidControl's source tree, from which benchmarks are "
            + "built. Run this from within it.");
    }

    /// <summary>The same; null if neither lies in one.</summary>
    public static string? TryFind() => Above(Directory.GetCurrentDirectory()) ?? Above(AppContext.BaseDirectory);

    private static string? Above(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Solution))) return at.FullName;
        }

        return null;
    }
}
