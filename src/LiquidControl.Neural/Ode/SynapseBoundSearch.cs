using LiquidControl.Numerics;

namespace LiquidControl.Neural.Ode;

/// <summary>What a search for synapses outside the closed form's error bound found.</summary>
/// <param name="Outside">Draws beyond either bound by more than rounding.</param>
/// <param name="WorstUpper">Largest error as a part of the upper bound: 1 where the bound is reached.</param>
/// <param name="WorstLower">The same of errors below zero and the lower bound.</param>
/// <param name="LiquidGapMedian">Of |x of equation (1) - closed form| / |x0 - A| at the window's end.</param>
/// <param name="LiquidGapLargest">The largest of these.</param>
/// <param name="Times">[draw], the window.</param>
/// <param name="Errors">[draw], (x - x̃) / ((x0 - A) e^(-w_τ t)), which must lie between e^(-t) - 1 and 1; NaN where the bound is lost in
/// rounding.</param>
public sealed record SynapseBoundSearch(
    int Outside, double WorstUpper, double WorstLower, double LiquidGapMedian, double LiquidGapLargest, double[] Times, double[] Errors)
{
    /// <summary>Of states and reversal potentials of order one, in double.</summary>
    private const double Rounding = 1e-14;

    private const double Tolerance = 1e-8;

    public static SynapseBoundSearch Run(int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        RandomStream random = new(seed);
        double[] times = new double[count], errors = new double[count], gaps = new double[count];
        int outside = 0;
        double worstUpper = 0.0, worstLower = 0.0;
        for (int i = 0; i < count; i++)
        {
            SynapseDraw draw = SynapseDraw.From(random);
            double time = draw.Time, error = draw.Error;
            double upper = draw.Synapse.UpperBound(time), lower = draw.Synapse.LowerBound(time);
            double rounding = Rounding / Math.Abs(draw.Start - draw.Synapse.Reversal);
            if (!(error <= upper + rounding && error >= lower - rounding)) outside++;
            times[i] = time;
            // Where the bound is as small as rounding, the error says nothing about it.
            errors[i] = upper > 1e6 * rounding ? error / upper : double.NaN;
            if (upper > 1e6 * rounding) worstUpper = Math.Max(worstUpper, error / upper);
            if (-lower > 1e6 * rounding) worstLower = Math.Max(worstLower, error / lower);
            gaps[i] = LiquidGap(draw);
        }

        double largest = gaps.Max();
        Array.Sort(gaps);
        return new SynapseBoundSearch(outside, worstUpper, worstLower, gaps[count / 2], largest, times, errors);
    }

    private static double LiquidGap(SynapseDraw draw)
    {
        LiquidSynapse equation = new(draw.Synapse);
        DormandPrince<double> solver = new(equation, Tolerance, Tolerance);
        double[] state = [draw.Start];
        foreach ((double duration, double input) in draw.Pieces)
        {
            equation.Input = input;
            OdeResult result = solver.Advance(duration, state);
            if (result != OdeResult.Ok) throw new InvalidOperationException($"The solver ended with {result}.");
        }

        double closed = draw.Synapse.ClosedForm(draw.Start, draw.Last, draw.Time);
        return Math.Abs(state[0] - closed) / Math.Abs(draw.Start - draw.Synapse.Reversal);
    }
}
