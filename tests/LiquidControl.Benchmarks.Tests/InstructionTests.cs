using System.Collections.Concurrent;
using System.Globalization;
using LiquidControl.Cli.Benchmarks;
using Xunit;

namespace LiquidControl.Benchmarks.Tests;

/// <summary>Instructions a step, as valgrind counts them in the program compiled ahead of time: the same on a busy machine.</summary>
public sealed class InstructionTests
{
    private const double LargestRatio = 1.35;

    /// <summary>Each is counted once, though several compare themselves with it: it is always the same.</summary>
    private static readonly ConcurrentDictionary<(string Size, string Variant), Lazy<Task<double>>> Counted = [];

    /// <summary>A yardstick that got slower would flatter whoever is measured by it.</summary>
    [Theory]
    [InlineData("a", "tuned C", 640)]
    [InlineData("b", "tuned C", 5000)]
    [InlineData("c", "tuned C", 35000)]
    [InlineData("ncp-19", "LTC, Dormand-Prince, 1e-3", 14500)]
    [InlineData("ncp-32", "LTC in double, Dormand-Prince, 1e-9", 350_000)]
    public async Task A_yardstick_stays_as_good_as_hand_written_code_gets(string size, string variant, int most) =>
        Assert.InRange(await PerStep(size, variant), 0.8 * most, most);

    [Theory]
    [InlineData("a", "Vector256")]
    [InlineData("b", "Vector256")]
    [InlineData("c", "Vector256")]
    [InlineData("a", "sequence")]
    [InlineData("b", "sequence")]
    [InlineData("c", "sequence")]
    public async Task A_kernel_needs_little_more_than_hand_written_code_does(string size, string variant) =>
        Assert.InRange(await PerStep(size, $"ours, {variant}") / await PerStep(size, "tuned C"), 0.5, LargestRatio);

    private static Task<double> PerStep(string size, string variant)
    {
        Need.Tools("valgrind", "gcc", "g++");
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Fma.IsSupported, "needs a processor with AVX2 and FMA");
        return Counted.GetOrAdd((size, variant), _ => new(() => Count(size, variant))).Value;
    }

    private static async Task<double> Count(string size, string variant)
    {
        QuickBenchRun run = await QuickBench.Run;
        Assert.True(run.ExitCode == 0, run.Error);
        using StringWriter output = new(), error = new();
        int code = await ChildProcess.RunAsync(
            BenchmarkProgram.PublishedIn(Checkout.Find()), ["instructions", "kernel", size, variant], AppContext.BaseDirectory,
            output, error, TestContext.Current.CancellationToken);
        Assert.True(code == 0, error.ToString());
        return double.Parse(output.ToString(), CultureInfo.InvariantCulture);
    }
}
