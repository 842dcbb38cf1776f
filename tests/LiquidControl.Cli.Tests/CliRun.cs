using Xunit;

namespace LiquidControl.Cli.Tests;

/// <summary>One call of the program in this process: what it printed where, and its exit code.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    public static async Task<CliRun> Of(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await CommandLine.RunAsync(args, new Terminal(output, error, isInteractive: false), CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Bad input: nothing on standard output, a message without a stack trace on standard error, exit code 2.</summary>
    public string AssertBadInput()
    {
        Assert.Equal("", Output);
        Assert.Equal(Cli.ExitCode.BadInput, ExitCode);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.StartsWith("error: ", Error, StringComparison.Ordinal);
        return Error;
    }
}
