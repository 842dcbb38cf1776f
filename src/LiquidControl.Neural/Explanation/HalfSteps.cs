using System.Collections.Immutable;

namespace LiquidControl.Neural.Explanation;

/// <summary>
/// One interval gone in one step and in two halves, the input held. A CfC is a closed form in time and no flow: the results differ. An LTC's
/// differ only by the error of its solver.
/// </summary>
public sealed record HalfSteps
{
    /// <summary>The sample at which the interval begins, from 0.</summary>
    public required int Sample { get; init; }

    /// <summary>When the interval begins, in timespan units since the stretch began.</summary>
    public required double Start { get; init; }

    /// <summary>Length of the interval, in timespan units.</summary>
    public required double Timespan { get; init; }

    /// <summary>[output], after one step.</summary>
    public required ImmutableArray<double> OneStep { get; init; }

    /// <summary>[output], after two.</summary>
    public required ImmutableArray<double> TwoHalves { get; init; }

    /// <summary>Points of the way in one step: since the interval began, and [output] then.</summary>
    public required ImmutableArray<(double Elapsed, double[] Output)> OneStepCurve { get; init; }

    /// <summary>Points of the way in two halves.</summary>
    public required ImmutableArray<(double Elapsed, double[] Output)> TwoHalvesCurve { get; init; }

    /// <summary>The largest difference of an output.</summary>
    public double Difference => OneStep.Zip(TwoHalves, (one, two) => Math.Abs(one - two)).Max();

    internal static HalfSteps Of(SampledNetwork<double> at, double[] input, double timespan, int sample, double start)
    {
        double half = 0.5 * timespan;
        SampledNetwork<double> run = new(at.Network);
        run.Reset(at.State);
        ImmutableArray<(double, double[])> oneStep = [.. Timeline.Curve(at, timespan)];
        ImmutableArray<(double, double[])> firstHalf = [.. Timeline.Curve(at, half)];
        run.Step(input, half);
        ImmutableArray<(double, double[])> secondHalf = [.. Timeline.Curve(run, half)];
        return new HalfSteps
        {
            Sample = sample,
            Start = start,
            Timespan = timespan,
            OneStep = [.. oneStep[^1].Item2],
            TwoHalves = [.. secondHalf[^1].Item2],
            OneStepCurve = oneStep,
            TwoHalvesCurve = [.. firstHalf, .. secondHalf.Select(point => (half + point.Item1, point.Item2))],
        };
    }
}
