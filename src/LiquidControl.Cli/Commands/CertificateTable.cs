using System.Globalization;
using LiquidControl.Cli.Reports;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>Prints a certificate: at most 100 columns, and many states as one line.</summary>
internal static class CertificateTable
{
    /// <summary>More numbers than this are shown as one line.</summary>
    private const int MostRows = 32;

    public static void Print(CertificateReport report, Terminal terminal)
    {
        terminal.Output.WriteLine();
        terminal.Output.WriteLine("What is certain, for any number of steps from state zero, computed in " + report.Precision + ",");
        terminal.Output.WriteLine($"with inputs {Inputs(report.Inputs)} and timespans {Shown(report.TimespanMin)} to {Shown(report.TimespanMax)}:");
        var table = new Table().AddColumns("number", "proved lower", "proved upper");
        if (report.Attack is not null) table.AddColumns("reached lower", "reached upper", "part");
        AddRows(table, "state", report.States, report.Attack is not null);
        AddRows(table, "output", report.Outputs, report.Attack is not null);
        terminal.Console.Write(table);
        foreach (string reason in report.States.Concat(report.Outputs).Select(bound => bound.Reason).OfType<string>().Distinct().Take(4))
        {
            terminal.Output.WriteLine($"none: {reason}.");
        }

        terminal.Output.WriteLine("Sensitivity, largest change of an output per largest change of what it depends on:");
        PrintGain("one step, of inputs and states", report.StepGain, terminal);
        PrintGain("any number of steps, of inputs", report.TotalGain, terminal);
        if (report.Attack is { } attack) PrintAttack(attack, terminal);
    }

    private static void AddRows(Table table, string name, IReadOnlyList<BoundReport> bounds, bool attacked)
    {
        if (bounds.Count <= MostRows)
        {
            for (int i = 0; i < bounds.Count; i++) table.AddRow(Row($"{name} {i}", bounds[i], attacked));
            return;
        }

        BoundReport[] proved = [.. bounds.Where(bound => bound.Reason is null)];
        if (proved.Length > 0) table.AddRow(Row($"{proved.Length} {name}s", Summary(proved), attacked));
        if (proved.Length < bounds.Count) table.AddRow(Row($"{bounds.Count - proved.Length} {name}s", bounds.First(bound => bound.Reason is not null), attacked));
    }

    /// <summary>The lowest and the highest of all, and the reached part of the one that a search came least close to.</summary>
    private static BoundReport Summary(BoundReport[] bounds) => new(
        bounds.Min(bound => bound.Lower), bounds.Max(bound => bound.Upper), null,
        bounds.Min(bound => bound.ReachedLower), bounds.Max(bound => bound.ReachedUpper), bounds.Min(bound => bound.Tightness));

    private static string[] Row(string name, BoundReport bound, bool attacked)
    {
        string[] row = [name, bound.Reason is null ? Shown(bound.Lower) : "none", bound.Reason is null ? Shown(bound.Upper) : "none"];
        return attacked ? [.. row, Shown(bound.ReachedLower), Shown(bound.ReachedUpper), Part(bound.Tightness)] : row;
    }

    private static void PrintGain(string name, GainReport gain, Terminal terminal)
    {
        string reached = gain.Reached is { } seen ? $"; the search saw {Shown(seen)}" : "";
        string proved = gain.Value is { } value ? $"at most {Shown(value)}" : $"none, {gain.Reason}";
        terminal.Output.WriteLine($"  {name}: {proved}{reached}");
    }

    private static void PrintAttack(AttackSummary attack, Terminal terminal)
    {
        terminal.Output.WriteLine(attack.Violations.Count == 0
            ? $"{attack.Evaluations} evaluations tried to break it (seed {attack.Seed}): nothing broke."
            : $"{attack.Evaluations} evaluations tried to break it (seed {attack.Seed}): BROKEN.");
        foreach (string violation in attack.Violations) terminal.Output.WriteLine("  " + violation);
    }

    private static string Inputs(IReadOnlyList<RangeReport> inputs) => inputs.Distinct().Count() == 1
        ? $"{Shown(inputs[0].Lower)} to {Shown(inputs[0].Upper)}"
        : string.Join(", ", inputs.Select(range => $"{Shown(range.Lower)} to {Shown(range.Upper)}"));

    private static string Part(double? tightness) => tightness is { } part ? part.ToString("P0", CultureInfo.InvariantCulture) : "";

    private static string Shown(double? value) => value is { } number ? number.ToString("G5", CultureInfo.InvariantCulture) : "";
}
