using LiquidControl.Robotics;

namespace LiquidControl.Cli.Plotting;

/// <summary>The six diagrams of a move: joint errors, torques, network residual, and the tool's path seen from above, the front and the side.</summary>
internal static class MovePanels
{
    public static IReadOnlyList<Panel> Of(MoveTrace trace) =>
    [
        OverTime(trace, "Joint error", "mrad", trace.JointError, 1e3),
        Path(trace, "Tool path from above", "x (m)", "y (m)", p => p.X, p => p.Y),
        OverTime(trace, "Joint torque", "N·m", trace.Torque, 1.0),
        Path(trace, "Tool path from the front", "x (m)", "z (m)", p => p.X, p => p.Z),
        OverTime(trace, "Network residual", "N·m", trace.Residual, 1.0),
        Path(trace, "Tool path from the side", "y (m)", "z (m)", p => p.Y, p => p.Z),
    ];

    private static Panel OverTime(MoveTrace trace, string title, string unit, double[][] values, double scale)
    {
        var lines = values.Select((joint, i) => new Line(trace.JointNames[i], trace.Time, [.. joint.Select(v => v * scale)]));
        return new(title, "time (s), dashed: planned arrival", $"{title.ToLowerInvariant()} ({unit})", [.. lines], Marker: trace.Arrival);
    }

    private static Panel Path(MoveTrace trace, string title, string x, string y, Func<Vector3, double> sideways, Func<Vector3, double> upwards) =>
        new(
            title, x, y,
            [
                new("reference", [.. trace.ToolReference.Select(sideways)], [.. trace.ToolReference.Select(upwards)], IsDashed: true),
                new("tool", [.. trace.Tool.Select(sideways)], [.. trace.Tool.Select(upwards)]),
            ],
            SameScale: true);
}
