using LiquidControl.Cli;
using LiquidControl.Fuzz.Afl;
using Spectre.Console;

namespace LiquidControl.Fuzz.Commands;

/// <summary>Shows how far a run is: a bar where somebody watches, else a line a minute on standard error.</summary>
internal static class FuzzProgress
{
    private const int SecondsBetweenLines = 60;

    public static async Task<AflStatistics> ShowAsync(
        string name, int seconds, bool json, Terminal terminal, Func<Action<AflStatistics>, Task<AflStatistics>> run)
    {
        if (terminal.IsInteractive && !json)
        {
            return await terminal.Console.Progress().StartAsync(context =>
            {
                var bar = context.AddTask(name, maxValue: seconds);
                return run(now =>
                {
                    bar.Value = now.Seconds;
                    bar.Description = $"{name}: {Describe(now)}";
                });
            });
        }

        int next = 0;
        return await run(now =>
        {
            if (now.Seconds < next) return;
            terminal.Error.WriteLine($"{name}, {now.Seconds} of {seconds} s: {Describe(now)}");
            next = now.Seconds + SecondsBetweenLines;
        });
    }

    private static string Describe(AflStatistics now) => $"{now.Executions} executions, {now.Corpus} inputs, {now.Crashes} crashes, {now.Hangs} hangs";
}
