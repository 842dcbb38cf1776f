using System.Runtime.InteropServices;

namespace LiquidControl.Cli.Benchmarks.Jitter;

/// <summary>When the cycles of a periodic thread were due, and how late each woke, ns.</summary>
internal sealed class LatenessSeries
{
    private readonly long[] _sorted;

    public LatenessSeries(long[] deadlines, long[] lateness)
    {
        Deadlines = deadlines;
        Lateness = lateness;
        _sorted = [.. lateness.Order()];
    }

    /// <summary>Ascending.</summary>
    public long[] Deadlines { get; }

    public long[] Lateness { get; }

    public int Count => Deadlines.Length;

    public long Max => Count == 0 ? 0 : _sorted[^1];

    /// <summary>From a file of 64-bit numbers.</summary>
    /// <param name="path">Of it.</param>
    /// <param name="numbersEach">For each cycle; the first is the deadline, the second the lateness.</param>
    /// <exception cref="BadInputException">There is no cycle in it.</exception>
    public static LatenessSeries Load(string path, int numbersEach)
    {
        ReadOnlySpan<long> numbers = MemoryMarshal.Cast<byte, long>(File.ReadAllBytes(path));
        int count = numbers.Length / numbersEach;
        if (count == 0) throw new BadInputException($"{path}: found no cycle, expected the times of at least one. Measure for longer.");
        long[] deadlines = new long[count], lateness = new long[count];
        for (int i = 0; i < count; i++)
            (deadlines[i], lateness[i]) = (numbers[i * numbersEach], numbers[i * numbersEach + 1]);
        return new(deadlines, lateness);
    }

    /// <summary>The smallest lateness that <paramref name="part"/> of the cycles do not exceed.</summary>
    public long Quantile(double part) => _sorted[Math.Clamp((int)Math.Ceiling(part * Count) - 1, 0, Count - 1)];

    /// <summary>The cycles that woke later than a limit.</summary>
    public Stall[] Beyond(long limit) =>
        [.. Enumerable.Range(0, Count).Where(i => Lateness[i] > limit).Select(i => new Stall(Deadlines[i], Deadlines[i] + Lateness[i]))];
}

/// <summary>A thread did not run from when it was due until it woke; CLOCK_MONOTONIC, ns.</summary>
internal readonly record struct Stall(long Due, long Woken);
