using LiquidControl.Cli.Explaining;
using LiquidControl.Neural.Explanation;

namespace LiquidControl.Cli.Plotting;

/// <summary>The diagrams of a timeline: each output over time, and its longest interval in one step and in two halves.</summary>
internal static class TimelinePanels
{
    public const int MostOutputs = 4;

    public static IReadOnlyList<Panel> Of(RecordedNetwork recorded, Timeline timeline) =>
        [.. recorded.OutputNames.Take(MostOutputs).SelectMany((name, output) => new[] { OverTime(timeline, name, output), Halves(timeline, name, output) })];

    private static Panel OverTime(Timeline timeline, string name, int output)
    {
        var held = Enumerable.Range(0, timeline.SampleTimes.Length - 1).SelectMany(i => new[]
        {
            (X: timeline.SampleTimes[i], Y: timeline.SampleOutputs[i][output]),
            (X: timeline.SampleTimes[i + 1], Y: timeline.SampleOutputs[i][output]),
        }).Append((X: timeline.SampleTimes[^1], Y: timeline.SampleOutputs[^1][output])).ToArray();
        return new(
            $"{name} over time", "time since the first sample shown (timespan units)", name,
            [
                new("any time", [.. timeline.CurveTimes], [.. timeline.CurveOutputs.Select(values => values[output])]),
                new("samples, held", [.. held.Select(point => point.X)], [.. held.Select(point => point.Y)], IsDashed: true),
            ]);
    }

    private static Panel Halves(Timeline timeline, string name, int output)
    {
        var halves = timeline.Halves;
        return new(
            $"{name}: one step or two halves", $"time since sample {halves.Sample} (timespan units)", name,
            [
                new("one step", [.. halves.OneStepCurve.Select(point => point.Elapsed)], [.. halves.OneStepCurve.Select(point => point.Output[output])]),
                new("two halves", [.. halves.TwoHalvesCurve.Select(point => point.Elapsed)], [.. halves.TwoHalvesCurve.Select(point => point.Output[output])], IsDashed: true),
            ],
            Marker: 0.5 * halves.Timespan);
    }
}
