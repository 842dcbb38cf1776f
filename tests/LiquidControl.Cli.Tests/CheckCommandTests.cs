using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class CheckCommandTests
{
    private static readonly string ShippedFile = Path.Combine(AppContext.BaseDirectory, "firmware-config", "robots", "ar4-dc", "robot.toml");

    [Fact]
    public async Task A_good_file_is_said_to_have_no_errors()
    {
        var run = await CliRun.Of("check", ShippedFile);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("no errors", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Every_error_is_printed_with_line_and_column()
    {
        string folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;
        string file = Path.Combine(folder, "robot.toml");
        string urdf = Path.Combine(AppContext.BaseDirectory, "hardware", "arms", "ar4-dc", "ar4-dc.urdf");
        string[] lines = File.ReadAllLines(ShippedFile);
        int rate = Array.FindIndex(lines, line => line.StartsWith("rate_hz", StringComparison.Ordinal));
        int path = Array.FindIndex(lines, line => line.StartsWith("urdf", StringComparison.Ordinal));
        int gear = Array.FindIndex(lines, line => line.StartsWith("motor", StringComparison.Ordinal));
        lines[path] = $"urdf = '{urdf}'";
        lines[rate] = "rate_hz = \"fast\"";
        lines[gear] = lines[gear].Replace("gear_ratio", "gear_ration", StringComparison.Ordinal);
        File.WriteAllLines(file, lines);

        string error = (await CliRun.Of("check", file)).AssertBadInput();
        Directory.Delete(folder, recursive: true);

        Assert.Equal(3, error.TrimEnd().Split('\n').Length);
        Assert.Contains($"{file}:{rate + 1}:11: rate_hz: found \"fast\", expected a number", error, StringComparison.Ordinal);
        Assert.Contains($"{file}:{gear + 1}:11: joint[1].motor.gear_ration: found an unknown key", error, StringComparison.Ordinal);
        Assert.Contains("Did you mean gear_ratio?", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_robot_lists_the_known_ones()
    {
        string error = (await CliRun.Of("check", "ar5-dc")).AssertBadInput();

        Assert.Contains("ar4-dc", error, StringComparison.Ordinal);
        Assert.Contains("ur5e", error, StringComparison.Ordinal);
    }
}
