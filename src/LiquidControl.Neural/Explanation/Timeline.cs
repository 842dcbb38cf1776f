using System.Collections.Immutable;

namespace LiquidControl.Neural.Explanation;

/// <summary>
/// A stretch of a recording with the network asked at samples and in between: after each sample <see cref="SampledNetwork{T}.StateAt"/>
/// gives the curve up to the next one. Times are in timespan units since the stretch began.
/// </summary>
public sealed record Timeline
{
    private const int PointsBetween = 50;

    /// <summary>[sample].</summary>
    public required ImmutableArray<double> SampleTimes { get; init; }

    /// <summary>[sample][output], after the step at the sample.</summary>
    public required ImmutableArray<double[]> SampleOutputs { get; init; }

    /// <summary>[point], rising; two points at a sample's time where the curve jumps.</summary>
    public required ImmutableArray<double> CurveTimes { get; init; }

    /// <summary>[point][output].</summary>
    public required ImmutableArray<double[]> CurveOutputs { get; init; }

    /// <summary>The longest interval of the stretch in one step and in two halves.</summary>
    public required HalfSteps Halves { get; init; }

    /// <param name="network">The network.</param>
    /// <param name="recording">What it saw.</param>
    /// <param name="first">The first sample shown, from 0.</param>
    /// <param name="count">Samples shown, at least two.</param>
    /// <exception cref="ModelFormatException">The network refuses a step, or the recording has no such samples.</exception>
    public static Timeline Of(Network<double> network, Recording recording, int first, int count)
    {
        if (first < 0 || count < 2 || first > recording.Inputs.Length - count)
        {
            throw new ModelFormatException(recording.Source, "samples", $"{recording.Inputs.Length} of them",
                $"at least two from the recording, and here {count} from number {first} on", "Choose another stretch.");
        }

        List<double> sampleTimes = [], curveTimes = [];
        List<double[]> sampleOutputs = [], curveOutputs = [];
        int longest = Enumerable.Range(first, count - 1).MaxBy(sample => recording.Timespans[sample + 1]);
        HalfSteps? halves = null;
        double time = 0.0;
        recording.Run(network, (step, run) =>
        {
            if (step < first || step >= first + count) return;
            if (step > first) time += recording.Timespans[step];
            sampleTimes.Add(time);
            sampleOutputs.Add(run.Output.ToArray());
            if (step == longest) halves = HalfSteps.Of(run, recording.Inputs[step], recording.Timespans[step + 1], step, time);
            if (step == first + count - 1) return;
            foreach ((double elapsed, double[] output) in Curve(run, recording.Timespans[step + 1]))
            {
                curveTimes.Add(time + elapsed);
                curveOutputs.Add(output);
            }
        });
        return new Timeline
        {
            SampleTimes = [.. sampleTimes],
            SampleOutputs = [.. sampleOutputs],
            CurveTimes = [.. curveTimes],
            CurveOutputs = [.. curveOutputs],
            Halves = halves!,
        };
    }

    /// <summary>The outputs after the last sample up to <paramref name="timespan"/>, from zero where the network takes zero.</summary>
    internal static IEnumerable<(double Elapsed, double[] Output)> Curve(SampledNetwork<double> run, double timespan)
    {
        double[] state = new double[run.Network.StateSize];
        for (int point = 0; point <= PointsBetween; point++)
        {
            double elapsed = timespan * point / PointsBetween;
            double[] output = new double[run.Network.OutputSize];
            if (run.StateAt(elapsed, state, output) == StepResult.Ok) yield return (elapsed, output);
        }
    }
}
