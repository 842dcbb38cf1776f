using LiquidControl.Cli.Benchmarks.Jitter;

namespace LiquidControl.Cli.Plotting;

/// <summary>The two diagrams of `bench jitter`: how often which lateness, and the longest over the run.</summary>
internal static class JitterPanels
{
    private const int BinsPerDecade = 20;
    private const int Instants = 500;
    private const double SmallestUs = 0.1;

    /// <param name="loop">Ours.</param>
    /// <param name="reference">The C thread.</param>
    /// <param name="limitUs">What a miss is.</param>
    public static IReadOnlyList<Panel> Of(LatenessSeries loop, LatenessSeries reference, double limitUs)
    {
        long begin = loop.Deadlines[0], end = loop.Deadlines[^1] + 1;
        return
        [
            new(
                "how often", "lateness (µs), dashed: a miss", "cycles in a bin", [Counts("loop", loop), Counts("reference in C", reference)],
                Marker: Math.Log10(limitUs), IsLogX: true, IsLogY: true),
            new(
                "longest in each 1/500 of the run", "time (s)", "lateness (µs)",
                [Longest("loop", loop, begin, end), Longest("reference in C", reference, begin, end)], IsLogY: true),
        ];
    }

    /// <summary>Bins of equal width on a logarithmic axis.</summary>
    private static Line Counts(string name, LatenessSeries series)
    {
        var bins = series.Lateness
            .CountBy(ns => Math.Floor(BinsPerDecade * Math.Log10(Math.Max(ns * 1e-3, SmallestUs))))
            .OrderBy(bin => bin.Key).ToArray();
        return new(name, [.. bins.Select(bin => Math.Pow(10.0, (bin.Key + 0.5) / BinsPerDecade))], [.. bins.Select(bin => (double)bin.Value)]);
    }

    private static Line Longest(string name, LatenessSeries series, long begin, long end)
    {
        double width = (double)(end - begin) / Instants;
        double[] longest = new double[Instants];
        for (int i = 0; i < series.Count; i++)
        {
            int at = Math.Clamp((int)((series.Deadlines[i] - begin) / width), 0, Instants - 1);
            longest[at] = Math.Max(longest[at], series.Lateness[i] * 1e-3);
        }

        return new(name, [.. Enumerable.Range(0, Instants).Select(i => (i + 0.5) * width * 1e-9)], longest);
    }
}
