using LiquidControl.Cli.Plotting;
using LiquidControl.Control;

namespace LiquidControl.Cli.Rigs;

/// <summary>The three diagrams of a scenario: where the joints are, how fast, and what the controller makes of it.</summary>
internal static class RigPanels
{
    private const string Time = "time since activation (s)";

    public static IReadOnlyList<Panel> Of(RigTrace trace)
    {
        double[] time = [.. trace.Times];
        return
        [
            new(
                "true joint position, dashed: reference", Time, "position (rad)",
                [.. Joints(time, trace.Positions), .. Joints(time, trace.References).Select(line => line with { Name = "", IsDashed = true })]),
            new("true joint velocity", Time, "velocity (rad/s)", [.. Joints(time, trace.Velocities)]),
            new("state, bridges, faults, notices, limiter", Time, "one row each", [.. Bands(time, trace)]),
        ];
    }

    private static IEnumerable<Line> Joints(double[] time, List<double[]> values) =>
        Enumerable.Range(0, values[0].Length).Select(joint => new Line($"joint {joint + 1}", time, [.. values.Select(row => row[joint])], Colour: joint));

    /// <summary>A row of points for each word that held at some time, the states at the bottom.</summary>
    private static IEnumerable<Line> Bands(double[] time, RigTrace trace)
    {
        List<(string Word, Func<int, bool> Holds)> words =
        [
            .. Enum.GetValues<ControlState>().Select(state => (state.ToString(), (Func<int, bool>)(i => trace.States[i] == state))),
            ("bridges on", i => trace.Bridges[i]),
            .. Enum.GetValues<FaultCause>().Where(cause => cause != FaultCause.None)
                .Select(cause => (cause.ToString(), (Func<int, bool>)(i => (trace.Faults[i] & cause) != 0))),
            .. Enum.GetValues<Notices>().Where(notice => notice != Notices.None)
                .Select(notice => ($"notice: {notice}", (Func<int, bool>)(i => (trace.Notices[i] & notice) != 0))),
            .. Enum.GetValues<LimitFlags>().Where(flag => flag != LimitFlags.None)
                .Select(flag => ($"limiter: {flag}", (Func<int, bool>)(i => (trace.Limits[i] & flag) != 0))),
        ];
        double row = 0.0;
        foreach (var (word, holds) in words)
        {
            double[] held = [.. Enumerable.Range(0, time.Length).Where(holds).Select(i => time[i])];
            if (held.Length > 0)
                yield return new(word, held, [.. Enumerable.Repeat(row++, held.Length)], IsPoints: true);
        }
    }
}
