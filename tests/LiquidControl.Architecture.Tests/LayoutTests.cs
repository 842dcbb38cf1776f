using Xunit;

namespace LiquidControl.Architecture.Tests;

public class LayoutTests
{
    private static readonly string[] TopLevel =
    [
        "LiquidControl.sln", "README.md", "src", "tests", "firmware-config", "hardware",
        "Directory.Build.props", "Directory.Packages.props", "global.json",
    ];

    private static readonly string[] DeterministicRooms = ["Numerics", "Neural", "Robotics", "Control", "Simulation", "Training"];

    [Fact]
    public void The_top_level_holds_what_was_agreed_and_what_tools_demand()
    {
        IEnumerable<string> entries = Directory.EnumerateFileSystemEntries(Repository.Root).Select(path => Path.GetFileName(path)!);
        string[] builtThings = ["bin", "obj", "TestResults", "artifacts"];
        Assert.Empty(entries.Where(name => name[0] != '.').Except(TopLevel).Except(builtThings));
    }

    [Fact]
    public void Every_project_stands_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "LiquidControl.sln"));
        IEnumerable<string> projects = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path)!);
        Assert.All(projects, project => Assert.Contains(project, solution, StringComparison.Ordinal));
    }

    [Fact]
    public void The_rooms_that_must_replay_bit_for_bit_are_under_the_banned_api_analyzer()
    {
        string props = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"));
        Assert.All(DeterministicRooms, room => Assert.Contains($"'LiquidControl.{room}'", props, StringComparison.Ordinal));
        Assert.Contains("BannedApiAnalyzers", props, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("System.Math.Sin(System.Double)")]
    [InlineData("System.Math.Exp(System.Double)")]
    [InlineData("System.MathF")]
    [InlineData("System.Random")]
    public void The_list_of_banned_calls_names(string symbol) =>
        Assert.Contains(symbol, File.ReadAllText(Path.Combine(Repository.Root, "src", "BannedSymbols.txt")), StringComparison.Ordinal);
}
