using System.Diagnostics;

namespace LiquidControl.Benchmarks.Harness;

/// <summary>
/// Times the variants of a group in rounds: in each every variant runs once, always the same number of steps, so that what else the machine
/// does falls on all of them. Who goes first moves on from round to round.
/// </summary>
internal static class InterleavedRounds
{
    private const int MostSteps = 1 << 24;
    private const int Tries = 3;

    /// <summary>Nanoseconds a step, [variant][round].</summary>
    public static double[][] Run(Variant[] variants, Effort effort)
    {
        int[] steps = [.. variants.Select(variant => StepsFor(variant, effort.RoundSeconds))];
        double[][] times = [.. variants.Select(_ => new double[effort.Rounds])];
        for (int round = 0; round < effort.Rounds; round++)
        {
            for (int turn = 0; turn < variants.Length; turn++)
            {
                int i = (round + turn) % variants.Length;
                times[i][round] = 1e9 * Seconds(variants[i], steps[i]) / steps[i] / variants[i].StepsAtOnce;
            }
        }

        return times;
    }

    /// <summary>How many steps take about this long, found by doubling; it also warms the variant up.</summary>
    public static int StepsFor(Variant variant, double seconds)
    {
        int steps = 1;
        double taken = Fastest(variant, steps);
        while (taken < 0.5 * seconds && steps < MostSteps)
        {
            steps *= 2;
            taken = Fastest(variant, steps);
        }

        return (int)Math.Clamp(steps * seconds / taken, 1.0, MostSteps);
    }

    /// <summary>Of a few tries: one that something else interrupted would make every round too short.</summary>
    private static double Fastest(Variant variant, int steps) => Enumerable.Range(0, Tries).Min(_ => Seconds(variant, steps));

    private static double Seconds(Variant variant, int steps)
    {
        long start = Stopwatch.GetTimestamp();
        variant.Run(steps);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
