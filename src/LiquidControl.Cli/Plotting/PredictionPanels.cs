using LiquidControl.Training.Prediction;

namespace LiquidControl.Cli.Plotting;

/// <summary>The diagrams of predictions: errors and times over the horizon of many moves, and predicted beside true motion of one.</summary>
internal static class PredictionPanels
{
    private const string Horizon = "horizon (s)";

    /// <summary>Of the CfC's largest error: what is drawn.</summary>
    private const double MostTimes = 4.0;

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

    /// <summary>One move from a moment on: joint positions, and how far CfC and plan are from what came.</summary>
    public static IReadOnlyList<Panel> OfMove(PredictedMotion motion, string[] joints) =>
    [
        Positions(motion, joints),
        new(
            "tool error", Horizon, "distance (mm)",
            [new(Forecast.Network, motion.Horizons, motion.ToolErrorMm), new("plan", motion.Horizons, motion.PlanToolErrorMm, IsDashed: true)]),
        Errors("joint error, CfC", "mrad", motion, joints, motion.Positions, motion.TruePositions),
        Errors("joint error, plan", "mrad", motion, joints, motion.PlanPositions, motion.TruePositions),
        Errors("velocity error, CfC", "mrad/s", motion, joints, motion.Velocities, motion.TrueVelocities),
        Errors("velocity error, plan", "mrad/s", motion, joints, motion.PlanVelocities, motion.TrueVelocities),
    ];

    /// <summary>Extrapolations leave the picture where they would flatten the others.</summary>
    private static Panel OverHorizon(string title, string unit, IEnumerable<PredictionRow> rows, Func<PredictionRow, double> value)
    {
        double most = MostTimes * rows.Where(row => row.Forecast == Forecast.Network).Max(value);
        var lines = rows.Where(row => value(row) <= most).GroupBy(row => row.Forecast).Select(forecast => new Line(
            forecast.Key, [.. forecast.Select(row => row.Horizon)], [.. forecast.Select(value)], IsDashed: forecast.Key == Forecast.Limit));
        return new(title, Horizon, unit, [.. lines], IsLogX: true);
    }

    private static Panel Times(PredictionTime[] times)
    {
        double[] all = PredictionEvaluation.Horizons;
        var lines = times.GroupBy(time => time.Way).Select(way => way.First().Horizon is null
            ? new Line(way.Key, [all[0], all[^1]], [way.First().NsMedian, way.First().NsMedian])
            : new Line(way.Key, [.. way.Select(time => time.Horizon!.Value)], [.. way.Select(time => time.NsMedian)]));
        return new("time a query", Horizon, "median (ns)", [.. lines], IsLogX: true, IsLogY: true);
    }

    private static Panel Positions(PredictedMotion motion, string[] joints) =>
        new(
            "joint positions", Horizon, "deg",
            [
                .. joints.Select((joint, i) => new Line(joint, motion.Horizons, Column(motion.TruePositions, i, double.RadiansToDegrees))),
                .. joints.Select((joint, i) => new Line(
                    $"{joint}, predicted", motion.Horizons, Column(motion.Positions, i, double.RadiansToDegrees), IsDashed: true)),
            ]);

    private static Panel Errors(
        string title, string unit, PredictedMotion motion, string[] joints, double[][] told, double[][] truth) =>
        new(
            title, Horizon, $"told minus true ({unit})",
            [.. joints.Select((joint, i) => new Line(joint, motion.Horizons, [.. told.Zip(truth, (a, b) => 1e3 * (a[i] - b[i]))]))]);

    private static double[] Column(double[][] rows, int joint, Func<double, double> scaled) => [.. rows.Select(row => scaled(row[joint]))];
}
