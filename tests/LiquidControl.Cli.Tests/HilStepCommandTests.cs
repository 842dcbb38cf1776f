using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class HilStepCommandTests
{
    [Theory]
    [InlineData("--ms: found it with --cycles, expected one of them", "--ms", "1", "--cycles", "1")]
    [InlineData("--ms: found '0', expected a whole number from 1 to 60000", "--ms", "0")]
    [InlineData("hil up", "--run", "/nowhere")]
    public async Task What_cannot_be_stepped_is_said(string message, params string[] options) =>
        Assert.Contains(message, (await CliRun.Of(["hil", "step", .. options])).AssertBadInput(), StringComparison.Ordinal);
}
