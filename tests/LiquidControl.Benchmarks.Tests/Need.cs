using LiquidControl.Cli.Benchmarks;
using Xunit;

namespace LiquidControl.Benchmarks.Tests;

/// <summary>Tools that a test cannot do without.</summary>
internal static class Need
{
    /// <summary>Skips the test that asks, naming what is missing; fails it where tools are demanded.</summary>
    public static void Tools(params string[] tools)
    {
        string[] missing = [.. tools.Where(tool => !ChildProcess.IsOnPath(tool))];
        string needs = $"needs {string.Join(", ", missing)}: apt-get install {string.Join(' ', missing)}";
        bool required = Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1";
        Assert.SkipUnless(missing.Length == 0 || required, needs);
        Assert.True(missing.Length == 0, needs);
    }
}
