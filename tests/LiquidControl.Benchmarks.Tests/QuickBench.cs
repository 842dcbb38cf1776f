using LiquidControl.Cli;

namespace LiquidControl.Benchmarks.Tests;

/// <summary>`liquidcontrol bench kernel --quick --json`, run once: it leaves the program behind that it compiled ahead of time.</summary>
internal static class QuickBench
{
    private static readonly Lazy<Task<QuickBenchRun>> Once = new(RunAsync);

    public static Task<QuickBenchRun> Run => Once.Value;

    private static async Task<QuickBenchRun> RunAsync()
    {
        using StringWriter output = new(), error = new();
        Terminal terminal = new(output, error, isInteractive: false);
        int code = await Cli.CommandLine.RunAsync(["bench", "kernel", "--quick", "--json"], terminal, CancellationToken.None);
        return new QuickBenchRun(code, output.ToString(), error.ToString());
    }
}
