using LiquidControl.Training.Prediction;

namespace LiquidControl.Cli.Plotting;

/// <summary>The diagrams of predictions: errors and times over the horizon of many moves, and predicted beside true motion of one.</summary>
internal static class PredictionPanels
{
    /// <summary>Joint, tool and velocity errors of each scenario, and time a query.</summary>
    public static IReadOnlyList<Panel> OfEvaluation(PredictionRow[] rows, PredictionTime[] times)
    {
        var panels = new List<Panel>();
        foreach (var scenario in rows.GroupBy(row => row.Scenario))
        {
            panels.Add(OverHorizon($"joint error, {scenario.Key}", "RMS (mrad)", scenario, row => row.PositionRmsMrad));
            panels.Add(OverHorizon($"tool error, {scenario.Key}", "RMS (mm)", scenario, row => row.ToolRmsMm));
        }

        panels.Add(OverHorizon($"velocity error, {rows[0].Scenario}", "RMS (mrad/s)", rows.Where(row => row.Scenario == rows[0].Scenario), row => row.VelocityRmsMrad));
        panels.Add(Times(times));
        return panels;
    }

    /// <summary>One move from a moment on: joint positions and errors, and the tool's error.</summary>
    public static IReadOnlyList<Panel> OfMove(PredictedMotion motion, string[] joints) =>
    [
        Motion("joint positions, dashed: predicted", "deg", motion, joints, motion.TruePositions, motion.Positions),
        Motion("joint velocities, dashed: predicted", "deg/s", motion, joints, motion.TrueVelocities, motion.Velocities),
        JointErrors("joint error, CfC", motion, joints, motion.Positions),
        JointErrors("joint error, plan", motion, joints, motion.PlanPositions),
        new(
            "tool error", Horizon, "distance (mm)",
            [new("CfC", motion.Horizons, motion.ToolErrorMm), new("plan", motion.Horizons, motion.PlanToolErrorMm, IsDashed: true)]),
    ];

    private const string Horizon = "horizon (s)";

    private static Panel OverHorizon(string title, string unit, IEnumerable<PredictionRow> rows, Func<PredictionRow, double> value)
    {
        var lines = rows.GroupBy(row => row.Forecast).Select(forecast => new Line(
            forecast.Key, [.. forecast.Select(row => row.Horizon)], [.. forecast.Select(value)], IsDashed: forecast.Key == Forecast.Limit));
        return new(title, Horizon, unit, [.. lines], IsLogX: true, IsLogY: true);
    }

    private static Panel Times(PredictionTime[] times)
    {
        double[] all = PredictionEvaluation.Horizons;
        var lines = times.GroupBy(time => time.Way).Select(way => way.First().Horizon is null
            ? new Line(way.Key, [all[0], all[^1]], [way.First().NsMedian, way.First().NsMedian])
            : new Line(way.Key, [.. way.Select(time => time.Horizon!.Value)], [.. way.Select(time => time.NsMedian)]));
        return new("time a query", Horizon, "median (ns)", [.. lines], IsLogX: true, IsLogY: true);
    }

    private static Panel Motion(
        string title, string unit, PredictedMotion motion, string[] joints, IReadOnlyList<double[]> truth, IReadOnlyList<double[]> predicted) =>
        new(
            title, Horizon, unit,
            [
                .. joints.Select((joint, i) => new Line(joint, motion.Horizons, Column(truth, i, double.RadiansToDegrees))),
                .. joints.Select((joint, i) => new Line(joint, motion.Horizons, Column(predicted, i, double.RadiansToDegrees), IsDashed: true)),
            ]);

    private static Panel JointErrors(string title, PredictedMotion motion, string[] joints, IReadOnlyList<double[]> told) =>
        new(
            title, Horizon, "told minus true (mrad)",
            [
                .. joints.Select((joint, i) => new Line(
                    joint, motion.Horizons, [.. told.Zip(motion.TruePositions, (a, b) => 1e3 * (a[i] - b[i]))])),
            ]);

    private static double[] Column(IReadOnlyList<double[]> rows, int joint, Func<double, double> scaled) => [.. rows.Select(row => scaled(row[joint]))];
}
