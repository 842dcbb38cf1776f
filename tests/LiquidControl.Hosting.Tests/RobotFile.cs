using Xunit;

namespace LiquidControl.Hosting.Tests;

/// <summary>A copy of a shipped robot.toml with one thing changed, laid out so that its URDF is found; removed on Dispose.</summary>
internal sealed class RobotFile : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public RobotFile(string robot = "ar4-dc")
    {
        string urdf = System.IO.Path.Combine("hardware", "arms", robot, robot + ".urdf");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.Combine(_root, urdf))!);
        File.Copy(System.IO.Path.Combine(AppContext.BaseDirectory, urdf), System.IO.Path.Combine(_root, urdf));
        Path = System.IO.Path.Combine(_root, "firmware-config", "robots", robot, "robot.toml");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        Text = File.ReadAllText(Shipped(robot));
    }

    public string Path { get; }

    public string Text { get; set; }

    public string UrdfPath => Directory.EnumerateFiles(System.IO.Path.Combine(_root, "hardware"), "*.urdf", SearchOption.AllDirectories).Single();

    public static string Shipped(string robot) => System.IO.Path.Combine(AppContext.BaseDirectory, "firmware-config", "robots", robot, "robot.toml");

    /// <summary>Replaces the n-th occurrence (from 0) and gives its line and column, both from 1.</summary>
    public (int Line, int Column) Replace(string old, string replacement, int occurrence = 0)
    {
        int at = -1;
        for (int i = 0; i <= occurrence; i++) at = Text.IndexOf(old, at + 1, StringComparison.Ordinal);
        Assert.True(at >= 0, $"the shipped file no longer contains: {old}");
        Text = Text[..at] + replacement + Text[(at + old.Length)..];
        return PlaceOf(at);
    }

    /// <summary>Line and column, both from 1, of a text that occurs.</summary>
    public (int Line, int Column) PlaceOf(string text, int occurrence = 0)
    {
        int at = -1;
        for (int i = 0; i <= occurrence; i++) at = Text.IndexOf(text, at + 1, StringComparison.Ordinal);
        Assert.True(at >= 0);
        return PlaceOf(at);
    }

    public RobotConfiguration Load()
    {
        File.WriteAllText(Path, Text);
        return RobotConfiguration.Load(Path);
    }

    public IReadOnlyList<ConfigurationError> Errors() => Assert.Throws<RobotConfigurationException>(() => Load()).Errors;

    public ConfigurationError OnlyError() => Assert.Single(Errors());

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private (int Line, int Column) PlaceOf(int index)
    {
        int lineStart = Text.LastIndexOf('\n', Math.Max(0, index - 1)) + 1;
        if (index == 0) lineStart = 0;
        return (Text[..index].Count(c => c == '\n') + 1, index - lineStart + 1);
    }
}
