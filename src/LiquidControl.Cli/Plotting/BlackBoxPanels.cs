using LiquidControl.Cli.Daemon;
using LiquidControl.Control;

namespace LiquidControl.Cli.Plotting;

/// <summary>The six diagrams of a black box: positions, states and faults, tracking errors, drives, torques, the loop's times.</summary>
internal static class BlackBoxPanels
{
    private const string Time = "time (s), 0: the last cycle";

    /// <summary>Shorter times are drawn as this, for a logarithmic axis has no zero, µs.</summary>
    private const double ShortestUs = 0.1;

    public static IReadOnlyList<Panel> Of(CycleTable table)
    {
        double[] time = table.TimesBeforeLast();
        double[] wake = Us(table.Numbers("loop_wake_lateness")), finish = Us(table.Numbers("loop_finish_lateness"));
        return
        [
            new(
                "joint position, dashed: reference", Time, "position (rad)",
                [.. Joints(table, time, "position"), .. Joints(table, time, "reference_position").Select(line => line with { Name = "", IsDashed = true })]),
            new("state, phase, faults, limits", Time, "one row each", [.. Bands(table, time)]),
            new(
                "tracking error", Time, "reference minus position (mrad)",
                [
                    .. Joints(table, time, "reference_position").Zip(
                        Joints(table, time, "position"), (wanted, is_) => is_ with { Y = [.. wanted.Y.Zip(is_.Y, (a, b) => 1e3 * (a - b))] }),
                ]),
            new("drive", Time, "drive (1: full)", [.. Joints(table, time, "drive")]),
            new("torque after the limiter", Time, "torque (N·m)", [.. Joints(table, time, "torque")]),
            new(
                "loop", Time, "time (µs)",
                [
                    new("woken late by", time, [.. wake.Select(us => Math.Max(us, ShortestUs))]),
                    new("work of a cycle", time, [.. finish.Zip(wake, (end, begin) => Math.Max(end - begin, ShortestUs))]),
                ],
                IsLogY: true),
        ];
    }

    private static IEnumerable<Line> Joints(CycleTable table, double[] time, string name) =>
        Enumerable.Range(0, table.Description.Joints).Select(joint => new Line($"joint {joint + 1}", time, table.Numbers(name, joint), Colour: joint));

    private static double[] Us(double[] ns) => [.. ns.Select(value => 1e-3 * value)];

    /// <summary>A row of points for each word that held at some time, the states at the bottom.</summary>
    private static IEnumerable<Line> Bands(CycleTable table, double[] time)
    {
        double row = 0.0;
        foreach (string name in (string[])["state", "phase", "faults", "limits"])
        {
            var field = table.Field(name);
            foreach (var word in field.Words.Where(word => !field.IsFlags || word.Key != 0))
            {
                double[] held = [.. Enumerable.Range(0, time.Length).Where(i => Holds(field, word.Key, table.Rows[i].Bytes)).Select(i => time[i])];
                if (held.Length == 0) continue;
                yield return new(word.Value, held, [.. Enumerable.Repeat(row++, held.Length)], IsPoints: true);
            }
        }
    }

    private static bool Holds(RecordField field, long word, byte[] record) =>
        field.IsFlags ? (field.Whole(record) & word) == word : field.Whole(record) == word;
}
