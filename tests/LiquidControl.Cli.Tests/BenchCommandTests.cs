using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class BenchCommandTests
{
    [Fact]
    public async Task A_picture_that_cannot_be_written_is_refused_before_anything_is_built()
    {
        string error = (await CliRun.Of("bench", "kernel", "--plot", "times.jpg")).AssertBadInput();

        Assert.Contains("times.jpg", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Compiling", error, StringComparison.Ordinal);
    }
}
