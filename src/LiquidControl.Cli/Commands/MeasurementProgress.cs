using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>Shows how far a measurement is: a bar where somebody watches, else a few lines on standard error.</summary>
internal static class MeasurementProgress
{
    /// <summary>Between two lines of a log.</summary>
    private const double LineEvery = 0.25;

    /// <param name="what">Is measured.</param>
    /// <param name="json">Whether standard output is for JSON alone.</param>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="measure">Is given what to tell the part that is done, 0 to 1.</param>
    public static async Task<T> ShowAsync<T>(string what, bool json, Terminal terminal, Func<Action<double>, Task<T>> measure)
    {
        if (terminal.IsInteractive && !json)
        {
            return await terminal.Console.Progress().StartAsync(context =>
            {
                var bar = context.AddTask(Markup.Escape(what), maxValue: 1.0);
                return measure(part => bar.Value = part);
            });
        }

        await terminal.Error.WriteLineAsync($"Measuring {what} ...");
        double next = LineEvery;
        return await measure(part =>
        {
            if (part < next) return;
            terminal.Error.WriteLine($"{100.0 * part:F0} %");
            next = part + LineEvery;
        });
    }
}
