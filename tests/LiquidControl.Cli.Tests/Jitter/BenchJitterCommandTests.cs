using Xunit;

namespace LiquidControl.Cli.Tests.Jitter;

public sealed class BenchJitterCommandTests
{
    [Theory]
    [InlineData("--seconds", "0")]
    [InlineData("--rate", "1.5")]
    [InlineData("--load", "stress")]
    [InlineData("--limit-us", "none")]
    [InlineData("--plot", "jitter.jpg")]
    public async Task What_cannot_be_used_is_refused_before_anything_is_compiled(string option, string value)
    {
        string error = (await CliRun.Of("bench", "jitter", option, value)).AssertBadInput();

        Assert.Contains(option, error, StringComparison.Ordinal);
        Assert.Contains(value, error, StringComparison.Ordinal);
        Assert.DoesNotContain("Compiling", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_process_that_allocates_is_not_for_people() =>
        Assert.DoesNotContain("allocate", (await CliRun.Of("bench", "--help")).Output, StringComparison.Ordinal);
}
