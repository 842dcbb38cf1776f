using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Neural;
using LiquidControl.Simulation;
using LiquidControl.Training.Arm;
using LiquidControl.Training.Prediction;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`eval predict`: how far the predicted joint state is from the true one over the horizon, and what a query costs.</summary>
internal static class EvalPredictCommand
{
    private const int UsualEpisodes = 48;

    private static readonly Scenario[] Scenarios = [Scenario.Perturbed, Scenario.Payload];

    public static Command Create(Terminal terminal)
    {
        var robot = CommonOptions.Robot();
        var episodes = NumberOptions.Whole("--episodes", $"Moves per scenario. [default: {UsualEpisodes}]", 1, 100_000);
        var seed = NumberOptions.Whole("--seed", "Seed of pairs, plants and noise; the network was trained on other ones. [default: 77]", 0, long.MaxValue);
        var plot = OdeInput.Plot("errors and times over the horizon");
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "predict", "Compares predictions of the joint state with the truth over the horizon: the CfC, integrated equations of motion, the plan, extrapolation.",
            "liquidcontrol eval predict",
            "liquidcontrol eval predict --episodes 96 --seed 5 --plot horizon.png",
            "liquidcontrol eval predict --json")
        {
            robot, episodes, seed, plot, json,
        };
        command.SetAction((result, cancellation) =>
        {
            var configuration = RobotConfiguration.Load(RobotCatalog.Find(result.GetRequiredValue(robot)));
            return Task.FromResult(Run(
                configuration, (int)(result.GetValue(episodes) ?? UsualEpisodes), (ulong)(result.GetValue(seed) ?? 77), result.GetValue(plot),
                result.GetValue(json), terminal, cancellation));
        });
        return command;
    }

    private static int Run(
        RobotConfiguration robot, int episodes, ulong seed, string? plot, bool json, Terminal terminal, CancellationToken cancellation)
    {
        OdePicture.ThrowIfImpossible(plot);
        string file = robot.RequirePredictor();
        var model = ModelFile.Load(file);
        // Whether the network is one for this arm shows here, not in the middle of a parallel run.
        JointStatePredictor.Create(model, robot.Arm.JointCount, robot.Controller, file);
        var test = new ArmUnderTest(robot.Arm, robot.Controller, () => SimulatedRobot.NewElectronics(robot));
        ulong[] seeds = ArmEvaluation.EpisodeSeeds(seed, episodes);
        PredictionRow[] Evaluate(Scenario scenario, Action? episodeDone) =>
            PredictionEvaluation.Run(test, model, file, scenario, seeds, episodeDone, cancellation);
        PredictionRow[] rows = terminal.IsInteractive && !json
            ? terminal.Console.Progress().Start(context =>
            {
                var lines = Scenarios.Select(scenario => (Scenario: scenario, Task: context.AddTask(scenario.Name, maxValue: episodes))).ToArray();
                return lines.SelectMany(line => Evaluate(line.Scenario, () => line.Task.Increment(1.0))).ToArray();
            })
            : [.. Scenarios.SelectMany(scenario => Evaluate(scenario, null))];
        PredictionTime[] times = PredictionTiming.Run(test, model, file, seeds[0], cancellation);
        string? picture = OdePicture.Write(plot, robot.Arm.Name, PredictionPanels.OfEvaluation(rows, times), terminal);
        if (json) terminal.WriteJson(new(robot.Arm.Name, file, seed, episodes, rows, times), ReportJson.Default.PredictionEvaluationReport);
        else Print(robot.Arm.Name, episodes, rows, times, picture, terminal);
        return ExitCode.Ok;
    }

    private static void Print(string robot, int episodes, PredictionRow[] rows, PredictionTime[] times, string? picture, Terminal terminal)
    {
        foreach (var scenario in rows.GroupBy(row => row.Scenario))
        {
            string of = $"{robot}, {scenario.Key}, {episodes} moves, {scenario.First().Queries} queries a horizon";
            terminal.Console.Write(Errors($"{of}: joints, RMS / p95 of the largest (mrad)", scenario, row => $"{Shown(row.PositionRmsMrad)} / {Shown(row.PositionP95Mrad)}"));
            terminal.Console.Write(Errors($"{of}: tool, RMS / p95 (mm)", scenario, row => $"{Shown(row.ToolRmsMm)} / {Shown(row.ToolP95Mm)}"));
            terminal.Console.Write(Errors($"{of}: joint velocities, RMS (mrad/s)", scenario, row => Shown(row.VelocityRmsMrad)));
            foreach (string loss in Losses([.. scenario])) terminal.Output.WriteLine(loss);
        }

        var table = new Table().Title("a query, the ways by turns in each round").AddColumns("by", "horizon", "ns median", "ns worst", "times CfC", "bytes");
        foreach (var time in times)
        {
            string horizon = time.Horizon is { } h ? $"{Shown(h)} s" : "any";
            table.AddRow(Markup.Escape(time.Way), horizon, Whole(time.NsMedian), Whole(time.NsWorst), Shown(time.TimesCfc), Shown(time.BytesPerQuery));
        }

        terminal.Console.Write(table);
        if (picture is not null) terminal.Output.WriteLine($"Picture: {picture}");
    }

    private static Table Errors(string title, IEnumerable<PredictionRow> rows, Func<PredictionRow, string> shown)
    {
        var table = new Table().Title(Markup.Escape(title)).AddColumn("by");
        foreach (double horizon in PredictionEvaluation.Horizons) table.AddColumn($"{Shown(horizon)} s");
        foreach (var forecast in rows.GroupBy(row => row.Forecast)) table.AddRow([Markup.Escape(forecast.Key), .. forecast.Select(shown)]);
        return table;
    }

    /// <summary>Where somebody without the true parameters was nearer than the CfC.</summary>
    private static IEnumerable<string> Losses(PredictionRow[] rows)
    {
        (string Unit, Func<PredictionRow, double> Value)[] measures =
            [("mrad", row => row.PositionRmsMrad), ("mm", row => row.ToolRmsMm), ("mrad/s", row => row.VelocityRmsMrad)];
        foreach (var (unit, value) in measures)
        {
            foreach (var at in rows.Where(row => row.Forecast != Forecast.Limit).GroupBy(row => row.Horizon))
            {
                var cfc = at.First(row => row.Forecast == Forecast.Network);
                var best = at.MinBy(value)!;
                if (value(best) < value(cfc))
                    yield return $"At {Shown(at.Key)} s the CfC is not the nearest: {Shown(value(cfc))} {unit} RMS, {best.Forecast} {Shown(value(best))}.";
            }
        }
    }

    private static string Shown(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Whole(double value) => value.ToString("F0", CultureInfo.InvariantCulture);
}
