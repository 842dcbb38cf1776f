using System.Text.Json;
using LiquidControl.Cli.Commands;
using LiquidControl.Hosting.Machine;
using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class DoctorCommandTests
{
    [Fact]
    public async Task The_report_on_this_machine_has_a_fix_line_for_whatever_is_not_right()
    {
        var run = await CliRun.Of("doctor", "--robot", "ar4-dc");

        string[] lines = run.Output.Split('\n');
        Assert.Equal("", run.Error);
        Assert.Contains("kernel preemption", run.Output, StringComparison.Ordinal);
        Assert.Equal(run.Output.Contains("cannot promise 500 Hz", StringComparison.Ordinal) ? ExitCode.Missed : ExitCode.Ok, run.ExitCode);
        Assert.Equal(lines.Count(line => line.Contains(" Expected: ", StringComparison.Ordinal)), lines.Count(line => line.StartsWith("  fix: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_json_has_every_check_once()
    {
        var run = await CliRun.Of("doctor", "--json");

        using var json = JsonDocument.Parse(run.Output);
        var checks = json.RootElement.GetProperty("checks").EnumerateArray().ToArray();
        Assert.Equal(MachineInspection.Checks.Select(check => check.Name), checks.Select(check => check.GetProperty("check").GetString()));
        int fails = checks.Count(check => check.GetProperty("result").GetString() == "fails");
        Assert.Equal(fails, json.RootElement.GetProperty("fails").GetInt32());
        Assert.Equal(fails == 0 ? ExitCode.Ok : ExitCode.Missed, run.ExitCode);
    }

    [Fact]
    public void A_machine_that_tells_nothing_fails_only_for_the_nodes_it_lacks()
    {
        string folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;
        using var output = new StringWriter();
        int code = DoctorCommand.Run("ar4-dc", json: false, new MachineRoot(folder, MachineRoot.Here.Calls), new Terminal(output, output, isInteractive: false));
        Directory.Delete(folder, recursive: true);

        Assert.Equal(ExitCode.Missed, code);
        Assert.EndsWith("This machine cannot promise 500 Hz: I2C nodes, SPI nodes, GPIO nodes.\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("could not be determined", output.ToString(), StringComparison.Ordinal);
    }
}
