using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Reports;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Neural;
using LiquidControl.Simulation;
using LiquidControl.Training;
using LiquidControl.Training.Arm;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`eval arm`: the table of metrics, every controller over the same seeded episodes.</summary>
internal static class EvalArmCommand
{
    private const string Everyone = "all";
    private const int UsualEpisodes = 96;
    private const int MostEpisodes = 100_000;

    /// <summary>What stands beside the network in every table.</summary>
    private const string Yardstick = "ct-eso";

    public static Command Create(Terminal terminal)
    {
        var robot = CommonOptions.Robot();
        var controllers = new Option<string>("--controllers")
        {
            Description = $"Names separated by commas ({string.Join(", ", ControllerNames.All)}), or all; {Yardstick} is added to liquid.",
            DefaultValueFactory = _ => Everyone,
            HelpName = "a,b|all",
        };
        var episodes = NumberOptions.Whole("--episodes", $"Moves per controller. [default: {UsualEpisodes}]", 1, MostEpisodes);
        var seed = NumberOptions.Whole("--seed", "Seed of pairs, plants and noise. [default: 1]", 0, long.MaxValue);
        var scenario = CommonOptions.Choice("--scenario", "What the plant differs by.", Scenario.Perturbed.Name, [.. Scenario.All.Select(s => s.Name)]);
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "arm", "Runs controllers over the same seeded moves and prints the table of metrics.",
            "liquidcontrol eval arm --controllers liquid,ct-eso --episodes 96 --seed 1 --scenario perturbed",
            "liquidcontrol eval arm --controllers all --scenario payload --json")
        {
            robot, controllers, episodes, seed, scenario, json,
        };
        command.SetAction((result, cancellation) =>
        {
            var configuration = RobotConfiguration.Load(RobotCatalog.Find(result.GetRequiredValue(robot)));
            var entries = Entries(configuration, result.GetRequiredValue(controllers));
            var seeds = ArmEvaluation.EpisodeSeeds((ulong)(result.GetValue(seed) ?? 1), (int)(result.GetValue(episodes) ?? UsualEpisodes));
            var drawn = Scenario.Parse(result.GetRequiredValue(scenario)!);
            return Task.FromResult(Run(configuration, entries, drawn, seeds, result.GetValue(json), terminal, cancellation));
        });
        return command;
    }

    private static int Run(
        RobotConfiguration robot, IReadOnlyList<ControllerEntry> entries, Scenario scenario, ulong[] seeds, bool json, Terminal terminal,
        CancellationToken cancellation)
    {
        var test = new ArmUnderTest(robot.Arm, robot.Controller, () => SimulatedRobot.NewElectronics(robot)) { Effects = robot.EffectsIn(scenario) };
        EvaluationRow Evaluate(ControllerEntry entry, Action? episodeDone) =>
            EvaluationRow.Of(entry.Name, scenario.Name, ArmEvaluation.Run(test, entry, scenario, seeds, episodeDone, cancellation));
        EvaluationRow[] rows = terminal.IsInteractive && !json
            ? terminal.Console.Progress().Start(context =>
            {
                var lines = entries.Select(entry => (Entry: entry, Task: context.AddTask(entry.Name, maxValue: seeds.Length))).ToArray();
                return lines.Select(line => Evaluate(line.Entry, () => line.Task.Increment(1.0))).ToArray();
            })
            : [.. entries.Select(entry => Evaluate(entry, null))];
        if (json)
        {
            terminal.WriteJson(rows, ReportJson.Default.EvaluationRowArray);
        }
        else
        {
            Print(robot.Arm.Name, rows, terminal);
        }

        return ExitCode.Ok;
    }

    private static List<ControllerEntry> Entries(RobotConfiguration robot, string list)
    {
        string[] words = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is [Everyone]) return [.. ControllerNames.All.Where(name => IsAvailable(robot, name)).Select(name => Entry(robot, name))];
        if (words.Length == 0) throw new BadInputException($"--controllers: found nothing, expected {Everyone} or names of {string.Join(", ", ControllerNames.All)}.");
        bool lacksYardstick = words.Contains("liquid") && !words.Contains(Yardstick);
        return [.. words.Concat(lacksYardstick ? [Yardstick] : []).Distinct().Select(name => Entry(robot, name))];
    }

    /// <summary>Whether the network a controller needs, if it needs one, has been trained.</summary>
    private static bool IsAvailable(RobotConfiguration robot, string name) =>
        RoleOf(ControllerNames.Parse(name)!.Value) is not { } role || File.Exists(robot.PolicyPathOf(role));

    private static ControllerEntry Entry(RobotConfiguration robot, string name)
    {
        if (ControllerNames.Parse(name) is not { } kind)
        {
            string meant = Spelling.Nearest(name, ControllerNames.All) is { } nearest ? $" Did you mean {nearest}?" : "";
            throw new BadInputException($"--controllers: found '{name}', expected {Everyone} or names of {string.Join(", ", ControllerNames.All)}.{meant}");
        }

        if (RoleOf(kind) is not { } role) return new(name, kind);
        string path = robot.RequirePolicy(role);
        var model = ModelFile.Load(path);
        // Whether the network is one for this arm shows here, not in the middle of a parallel run.
        LiquidPolicy.Create(model, robot.Arm, robot.Controller, role, path, robot.PolicyPrecision);
        return ControllerEntry.Of(name, kind, model, path, robot.PolicyPrecision);
    }

    private static PolicyRole? RoleOf(ControllerKind kind) => kind switch
    {
        ControllerKind.Liquid => PolicyRole.Residual,
        ControllerKind.EndToEnd => PolicyRole.EndToEnd,
        _ => null,
    };

    /// <summary>The table of one scenario, and how the network stands to the yardstick where both are in it.</summary>
    public static void Print(string robot, IReadOnlyList<EvaluationRow> rows, Terminal terminal)
    {
        string title = string.Create(
            CultureInfo.InvariantCulture,
            $"{robot}, {rows[0].Scenario}, {rows[0].Episodes} moves at {ArmEvaluation.Rate:G} Hz: tool errors in mm, velocity error in mrad/s");
        var table = new Table().Title(Markup.Escape(title)).AddColumns(
            "controller", "final p50", "final p95", "final max", "path p95", "success", "mrad/s");
        foreach (var row in rows)
        {
            table.AddRow(
                row.Controller, Shown(row.FinalP50Mm), Shown(row.FinalP95Mm), Shown(row.FinalMaxMm), Shown(row.PathP95Mm),
                Shown(row.SuccessPercent) + " %", Shown(row.VelocityErrorRms));
        }

        terminal.Console.Write(table);
        if (rows.FirstOrDefault(row => row.Controller == "liquid") is { } liquid && rows.FirstOrDefault(row => row.Controller == Yardstick) is { } yardstick)
        {
            terminal.Output.WriteLine(
                $"liquid against {Yardstick}: final p95 {Shown(liquid.FinalP95Mm / yardstick.FinalP95Mm)}x, path p95 {Shown(liquid.PathP95Mm / yardstick.PathP95Mm)}x.");
        }
    }

    private static string Shown(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
