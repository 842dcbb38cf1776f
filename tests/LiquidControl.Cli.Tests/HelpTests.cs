using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("check")]
    [InlineData("doctor")]
    [InlineData("move")]
    [InlineData("eval arm")]
    [InlineData("train arm")]
    [InlineData("train xor")]
    [InlineData("eval xor")]
    [InlineData("eval observer")]
    [InlineData("eval rivals")]
    [InlineData("predict")]
    [InlineData("train predict")]
    [InlineData("eval predict")]
    [InlineData("model info")]
    [InlineData("model verify")]
    [InlineData("model import")]
    [InlineData("model export")]
    [InlineData("model explain")]
    [InlineData("model timeline")]
    [InlineData("model quantize")]
    [InlineData("model wiring")]
    [InlineData("ode synapse")]
    [InlineData("ode closed-form")]
    [InlineData("ode driving")]
    [InlineData("ode solvers")]
    [InlineData("bench kernel")]
    [InlineData("bench dynamics")]
    [InlineData("bench jitter")]
    [InlineData("bench start")]
    [InlineData("service run")]
    [InlineData("service status")]
    [InlineData("service stop")]
    [InlineData("service logs")]
    [InlineData("service clear")]
    [InlineData("watch")]
    [InlineData("blackbox")]
    [InlineData("hil run")]
    [InlineData("hil up")]
    [InlineData("hil step")]
    [InlineData("hil record")]
    [InlineData("hil replay")]
    [InlineData("robot info")]
    [InlineData("robot dynamics")]
    public async Task Every_command_has_help_with_an_example(string command)
    {
        var run = await CliRun.Of([.. command.Split(' '), "--help"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Examples:", run.Output, StringComparison.Ordinal);
        Assert.Contains("liquidcontrol " + command, run.Output[run.Output.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Without_arguments_the_commands_are_listed()
    {
        var run = await CliRun.Of();

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("check", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dance")]
    [InlineData("robot")]
    [InlineData("robot", "dance")]
    [InlineData("robot", "info", "--colour")]
    [InlineData("robot", "dynamics")]
    [InlineData("check")]
    [InlineData("check", "a", "b")]
    public async Task A_wrong_call_is_an_error_that_points_to_the_help_and_prints_nothing_else(params string[] args)
    {
        string error = (await CliRun.Of(args)).AssertBadInput();

        Assert.Contains("--help", error, StringComparison.Ordinal);
    }
}
