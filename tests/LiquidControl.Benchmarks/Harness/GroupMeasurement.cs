using System.Diagnostics;

namespace LiquidControl.Benchmarks.Harness;

/// <summary>Checks the variants of a group, then measures them.</summary>
internal static class GroupMeasurement
{
    /// <summary>In the order of the offers.</summary>
    /// <param name="offers">All of one group.</param>
    /// <param name="effort">How long.</param>
    /// <param name="counter">Null where instructions cannot be counted.</param>
    /// <exception cref="InvalidOperationException">A variant computes something else than it should.</exception>
    public static Measurement[] Run(VariantOffer[] offers, Effort effort, InstructionCounter? counter)
    {
        Variant[] variants = [.. offers.Select(offer => offer.Make())];
        try
        {
            foreach ((VariantOffer offer, Variant variant) in offers.Zip(variants)) Check(offer, variant);
            double[][] times = InterleavedRounds.Run(variants, effort);
            int yardstick = Array.FindIndex(offers, offer => offer.IsYardstick);
            double?[] ratios = [.. times.Select(time => yardstick < 0 ? (double?)null : Ratio(time, times[yardstick]))];
            return [.. offers.Select((offer, i) => Finish(offer, variants[i], new Quantiles(times[i]), ratios[i], effort, counter))];
        }
        finally
        {
            Array.ForEach(variants, variant => variant.Dispose());
        }
    }

    private static Measurement Finish(
        VariantOffer offer, Variant variant, Quantiles nanoseconds, double? ratio, Effort effort, InstructionCounter? counter) => new(
            offer, nanoseconds, ratio,
            variant.IsManaged ? BytesPerStep(variant, effort, nanoseconds.Median) : null,
            offer.CountsInstructions ? counter?.PerStep(offer, variant) : null,
            variant.EvaluationsPerStep,
            offer.TimesSingleSteps ? SingleSteps(variant, effort.SingleSteps) : null);

    private static void Check(VariantOffer offer, Variant variant)
    {
        try
        {
            variant.Check();
        }
        catch (InvalidOperationException wrong)
        {
            throw new InvalidOperationException($"{offer.Group}, {offer.Name}: {wrong.Message}", wrong);
        }
    }

    private static double Ratio(double[] times, double[] yardstick) =>
        new Quantiles([.. times.Zip(yardstick, (time, one) => time / one)]).Median;

    private static double BytesPerStep(Variant variant, Effort effort, double nanoseconds)
    {
        int steps = (int)Math.Clamp(1e9 * effort.AllocationSeconds / nanoseconds, 1.0, effort.AllocationSteps);
        long before = GC.GetAllocatedBytesForCurrentThread();
        variant.Run(steps);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / steps / variant.StepsAtOnce;
    }

    /// <summary>Nanoseconds of single steps, the clock's own 20 to 30 included.</summary>
    private static Quantiles SingleSteps(Variant variant, int count)
    {
        double nanoseconds = 1e9 / Stopwatch.Frequency;
        double[] times = new double[count];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            variant.Run(1);
            times[i] = (Stopwatch.GetTimestamp() - start) * nanoseconds;
        }

        return new Quantiles(times);
    }
}
