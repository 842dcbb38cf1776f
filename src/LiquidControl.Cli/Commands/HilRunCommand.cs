using System.CommandLine;
using LiquidControl.Cli.Benchmarks.Jitter;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Cli.Rigs;
using LiquidControl.Cli.Rigs.Nodes;
using LiquidControl.Rig;

namespace LiquidControl.Cli.Commands;

/// <summary>`hil run`: scenarios, in lockstep or by the daemon on nodes, and whether they hold.</summary>
internal sealed class HilRunCommand
{
    private readonly Argument<string[]> _paths = new("scenarios") { Description = "Scenarios, each a .toml, or folders of them.", Arity = ArgumentArity.OneOrMore };

    private readonly Option<bool> _nodes = new("--nodes")
    {
        Description = "Not in lockstep: the daemon runs them, unmodified and in real time, on emulated device nodes (needs root and /dev/fuse).",
    };

    private readonly Option<long?> _seed = NumberOptions.Whole("--seed", "Of plant and noise, in place of the scenarios' own.", 0, int.MaxValue);

    private readonly Option<double?> _speed = NumberOptions.Number(
        "--speed", "Times real time, for who looks on. [default: as fast as it can]", 1e-3, 1e3, "a number from 0.001 to 1000");

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
            "run", "Runs scenarios in lockstep, faster than real time and the same bit for bit, or by the daemon on nodes, and says which hold.",
            "liquidcontrol hil run tests/scenarios --report report",
            "liquidcontrol hil run tests/scenarios/encoder-frozen-joint-1.toml --without encoder-plausibility",
            "liquidcontrol hil run tests/scenarios/emergency-stop.toml --nodes")
        {
            run._paths, run._nodes, run._seed, run._speed, run._without, run._report, run._json,
        };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(run._nodes)) return;
            if (result.GetValue(run._without) is not null)
                result.AddError("--without: found it beside --nodes, expected one of them. The daemon has no such switch; in lockstep the rig has.");
            if (result.GetValue(run._speed) is not null)
                result.AddError("--speed: found it beside --nodes, expected one of them. The daemon runs on the machine's clock.");
        });
        command.SetAction((result, cancellation) => Task.Run(() => run.RunAsync(result, terminal, cancellation), cancellation));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        RigScenario[] scenarios = [.. result.GetRequiredValue(_paths).SelectMany(Files).Select(path => Load(path, result.GetValue(_seed)))];
        if (result.GetValue(_nodes))
            scenarios = ForNodes(scenarios, terminal);
        string? folder = result.GetValue(_report);
        if (folder is not null) Directory.CreateDirectory(folder);
        RigTrace?[] traces = new RigTrace?[scenarios.Length];
        RigTrace? Trace(int i) => traces[i] = folder is null ? null : new();
        ScenarioRow[] rows = result.GetValue(_nodes)
            ? await OnNodesAsync(scenarios, Trace, result.GetValue(_json), terminal, cancellation)
            : InLockstep(scenarios, result, Trace, cancellation);
        if (folder is not null) Report(folder, rows, traces);
        if (result.GetValue(_json)) terminal.WriteJson(rows, ReportJson.Default.ScenarioRowArray);
        else ScenarioTable.Print(rows, folder, terminal);
        return Array.TrueForAll(rows, row => row.IsPassed) ? ExitCode.Ok : ExitCode.Missed;
    }

    private ScenarioRow[] InLockstep(RigScenario[] scenarios, ParseResult result, Func<int, RigTrace?> trace, CancellationToken cancellation)
    {
        Protection? without = result.GetValue(_without) is { } name ? Protection.Find(name) : null;
        var rows = new ScenarioRow[scenarios.Length];
        Parallel.For(0, scenarios.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
            rows[i] = ScenarioRow.Of(new RigRun(scenarios[i], without).Run(trace(i), result.GetValue(_speed), cancellation)));
        return rows;
    }

    /// <summary>Those that a daemon can be put through; the others are named with the reason.</summary>
    private static RigScenario[] ForNodes(RigScenario[] scenarios, Terminal terminal)
    {
        foreach (var scenario in scenarios)
        {
            if (NodeTrial.LockstepOnly(scenario) is { } reason)
                terminal.Error.WriteLine($"{scenario.Path}: left out, in lockstep only: found {reason}.");
        }

        scenarios = [.. scenarios.Where(scenario => NodeTrial.LockstepOnly(scenario) is null)];
        return scenarios.Length > 0
            ? scenarios
            : throw new BadInputException("found no scenario for --nodes, expected one that is not in lockstep only. Run it in lockstep, or choose another.");
    }

    /// <summary>One after the other: they share the loop's processor.</summary>
    private static async Task<ScenarioRow[]> OnNodesAsync(
        RigScenario[] scenarios, Func<int, RigTrace?> trace, bool json, Terminal terminal, CancellationToken cancellation)
    {
        var program = await DaemonProgram.FindAsync(terminal, cancellation);
        var rows = new ScenarioRow[scenarios.Length];
        return await MeasurementProgress.ShowAsync("scenarios on nodes", json, terminal, progress =>
        {
            for (int i = 0; i < rows.Length; i++)
            {
                rows[i] = ScenarioRow.Of(NodeTrial.Run(scenarios[i], program, () => trace(i), cancellation));
                progress((i + 1.0) / rows.Length);
            }

            return Task.FromResult(rows);
        });
    }

    private static void Report(string folder, ScenarioRow[] rows, RigTrace?[] traces)
    {
        string[] pictures = [.. rows.Select((row, i) => FormattableString.Invariant($"{i + 1:D3}-{Path.GetFileNameWithoutExtension(row.File)}.svg"))];
        Parallel.For(0, rows.Length, i =>
            SvgPicture.Write(Path.Combine(folder, pictures[i]), Path.GetFileNameWithoutExtension(rows[i].File), RigPanels.Of(traces[i]!)));
        JUnitFile.Write(Path.Combine(folder, "junit.xml"), rows);
        RigPage.Write(Path.Combine(folder, "index.html"), rows, pictures);
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
}
