using System.CommandLine;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Cli.Rigs;
using LiquidControl.Rig;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`hil run`: scenarios in lockstep, and whether they hold.</summary>
internal sealed class HilRunCommand
{
    private readonly Argument<string> _path = new("scenario") { Description = "A scenario's .toml, or a folder of them." };

    private readonly Option<long?> _seed = NumberOptions.Whole("--seed", "Of plant and noise, in place of the scenarios' own.", 0, int.MaxValue);

    private readonly Option<string?> _without = CommonOptions.Choice(
        "--without", "A protection to switch off, to see what it is good for.", null, [.. Protection.All.Select(protection => protection.Name)]);

    private readonly Option<string?> _report = new("--report")
    {
        Description = "Folder for junit.xml, index.html and a picture of each scenario; made where it is missing.",
        HelpName = "folder",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public static Command Create(Terminal terminal)
    {
        HilRunCommand run = new();
        var command = new ExampleCommand(
            "run", "Runs scenarios in lockstep, faster than real time and the same bit for bit, and says which hold.",
            "liquidcontrol hil run tests/scenarios --report report",
            "liquidcontrol hil run tests/scenarios/encoder-frozen-joint-1.toml --without encoder-plausibility")
        {
            run._path, run._seed, run._without, run._report, run._json,
        };
        command.SetAction((result, cancellation) => Task.Run(() => run.Run(result, terminal, cancellation), cancellation));
        return command;
    }

    private int Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        RigScenario[] scenarios = [.. Files(result.GetRequiredValue(_path)).Select(path => Load(path, result.GetValue(_seed)))];
        Protection? without = result.GetValue(_without) is { } name ? Protection.Find(name) : null;
        string? folder = result.GetValue(_report);
        if (folder is not null) Directory.CreateDirectory(folder);
        var rows = new ScenarioRow[scenarios.Length];
        string[] pictures = [.. scenarios.Select(Picture)];
        Parallel.For(0, scenarios.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            RigTrace? trace = folder is null ? null : new();
            rows[i] = ScenarioRow.Of(new RigRun(scenarios[i], without).Run(trace, cancellation));
            if (trace is not null) SvgPicture.Write(Path.Combine(folder!, pictures[i]), Path.GetFileNameWithoutExtension(rows[i].File), RigPanels.Of(trace));
        });
        if (folder is not null)
        {
            JUnitFile.Write(Path.Combine(folder, "junit.xml"), rows);
            RigPage.Write(Path.Combine(folder, "index.html"), rows, pictures);
        }

        if (result.GetValue(_json)) terminal.WriteJson(rows, ReportJson.Default.ScenarioRowArray);
        else Print(rows, folder, terminal);
        return Array.TrueForAll(rows, row => row.IsPassed) ? ExitCode.Ok : ExitCode.Missed;
    }

    private static IReadOnlyList<string> Files(string path)
    {
        if (!Directory.Exists(path)) return [path];
        var files = ScenarioFile.Find(path);
        return files.Count > 0
            ? files
            : throw new BadInputException($"{path}: found no .toml file in this folder or below it, expected scenarios. See tests/scenarios for some.");
    }

    private static RigScenario Load(string path, long? seed)
    {
        RigScenario scenario = ScenarioFile.Load(path);
        return seed is { } other ? scenario with { Seed = (ulong)other } : scenario;
    }

    private static string Picture(RigScenario scenario, int number) =>
        FormattableString.Invariant($"{number + 1:D3}-{Path.GetFileNameWithoutExtension(scenario.Path)}.svg");

    private static void Print(ScenarioRow[] rows, string? folder, Terminal terminal)
    {
        var table = new Table().AddColumns("scenario", "result", "state", "faults", "safe, ms", "s", "x real time");
        foreach (ScenarioRow row in rows)
        {
            table.AddRow(
                Markup.Escape(row.Name), row.IsPassed ? "holds" : "[red]FAILS[/]", row.State, row.Faults, $"{row.SafeMs:F0}", $"{row.Seconds:F1}",
                $"{row.RealTimeFactor:F0}");
        }

        terminal.Console.Write(table);
        foreach (ScenarioRow row in rows.Where(row => !row.IsPassed))
        {
            terminal.Output.WriteLine($"{row.File}: {row.Name}");
            foreach (string failure in row.Failures) terminal.Output.WriteLine($"  {failure}");
        }

        terminal.Output.WriteLine($"{rows.Count(row => row.IsPassed)} of {rows.Length} scenarios hold.");
        if (folder is not null) terminal.Output.WriteLine($"Report: {Path.Combine(folder, "index.html")}, {Path.Combine(folder, "junit.xml")}");
    }
}
