using Spectre.Console;

namespace LiquidControl.Cli.Rigs;

/// <summary>Results as a person reads them.</summary>
internal static class ScenarioTable
{
    /// <param name="rows">The results.</param>
    /// <param name="folder">Of the report; null for none.</param>
    /// <param name="terminal">Where to print them.</param>
    public static void Print(ScenarioRow[] rows, string? folder, Terminal terminal)
    {
        bool onNodes = Array.Exists(rows, row => row.Attempts is not null);
        var table = new Table().AddColumns("scenario", "result", "state", "faults", "safe, ms", "s");
        table.AddColumns(onNodes ? ["attempts", "periods skipped", "longest gap, ms"] : ["x real time"]);
        foreach (ScenarioRow row in rows)
        {
            string[] common = [Markup.Escape(row.Name), row.IsPassed ? "holds" : "[red]FAILS[/]", row.State, row.Faults, $"{row.SafeMs:F0}", $"{row.Seconds:F1}"];
            string[] last = row.Attempts is { } attempts
                ? [$"{attempts.Count}", $"{attempts[^1].Skipped}", $"{attempts[^1].LongestGapMs:F1}"]
                : [$"{row.RealTimeFactor:F0}"];
            table.AddRow([.. common, .. last]);
        }

        terminal.Console.Write(table);
        foreach (ScenarioRow row in rows.Where(row => !row.IsPassed || row.Attempts is { Count: > 1 }))
        {
            terminal.Output.WriteLine($"{row.File}: {row.Name}");
            foreach (string line in row.Account) terminal.Output.WriteLine($"  {line}");
        }

        terminal.Output.WriteLine($"{rows.Count(row => row.IsPassed)} of {rows.Length} scenarios hold.");
        if (folder is not null) terminal.Output.WriteLine($"Report: {Path.Combine(folder, "index.html")}, {Path.Combine(folder, "junit.xml")}");
    }
}
