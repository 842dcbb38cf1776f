using System.Numerics;

namespace LiquidControl.Numerics;

/// <summary>
/// numpy.random.default_rng, draw for draw as in numpy 1.24: what a Python program drew from a seed can be drawn again here. The generator
/// is PCG64, that is PCG XSL-RR 128/64 (O'Neill 2014), its state filled by numpy's SeedSequence; the bounded draws are those of numpy's
/// distributions.c and _generator.pyx, which later versions of numpy may change (NEP 19). For everything that need not repeat Python, use
/// <see cref="RandomStream"/>. Not thread-safe.
/// </summary>
public sealed class NumpyGenerator
{
    /// <summary>numpy takes samples of small populations and small samples by Floyd's method, and shuffles the tail for others.</summary>
    private const int SmallPopulation = 10_000;
    private const int SmallSample = 50;

    private static readonly UInt128 Multiplier = new(0x2360_ED05_1FC6_5DA4, 0x4385_DF64_9FCC_F645);

    private readonly UInt128 _increment;
    private UInt128 _state;
    private uint? _upperHalf;

    public NumpyGenerator(ulong seed)
    {
        Span<ulong> words = stackalloc ulong[4];
        SeedSequence.GenerateState(seed, words);
        _increment = new UInt128(words[2], words[3]) << 1 | UInt128.One;
        _state = (_increment + new UInt128(words[0], words[1])) * Multiplier + _increment;
    }

    public ulong NextUInt64()
    {
        _state = _state * Multiplier + _increment;
        ulong folded = (ulong)(_state >> 64) ^ (ulong)_state;
        return BitOperations.RotateRight(folded, (int)(_state >> 122));
    }

    /// <summary>The lower half of a 64-bit word, and at the next call its upper half.</summary>
    public uint NextUInt32()
    {
        if (_upperHalf is uint upper)
        {
            _upperHalf = null;
            return upper;
        }

        ulong word = NextUInt64();
        _upperHalf = (uint)(word >> 32);
        return (uint)word;
    }

    /// <summary>
    /// Uniform in [0, max], both included, by Lemire's method (2019) in 32 bits; none drawn if <paramref name="max"/> is 0. numpy's
    /// integers(low, high) of the default dtype is low + Interval(high - 1 - low), its choice of n things the one at Interval(n - 1).
    /// </summary>
    public uint Interval(uint max)
    {
        if (max == 0) return 0;
        if (max == uint.MaxValue) return NextUInt32();
        uint count = max + 1;
        ulong scaled = (ulong)NextUInt32() * count;
        if ((uint)scaled < count)
        {
            uint rejected = (uint.MaxValue - max) % count;
            while ((uint)scaled < rejected) scaled = (ulong)NextUInt32() * count;
        }

        return (uint)(scaled >> 32);
    }

    /// <summary>
    /// choice(population, count, replace=False): <paramref name="count"/> different numbers of 0 to <paramref name="population"/> - 1, in
    /// random order.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The population is negative, or the count not in [0, population].</exception>
    public int[] Choice(int population, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(population);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, population);
        if (population > SmallPopulation && count > population / SmallSample)
        {
            int[] numbers = [.. Enumerable.Range(0, population)];
            Shuffle(numbers, Math.Max(population - count, 1));
            return numbers[(population - count)..];
        }

        int[] sample = FloydSample(population, count);
        Shuffle(sample, 1);
        return sample;
    }

    /// <summary>Bentley and Floyd 1987: a number already taken is replaced by the largest one that could have been drawn.</summary>
    private int[] FloydSample(int population, int count)
    {
        int[] sample = new int[count];
        HashSet<int> taken = new(count);
        for (int i = 0; i < count; i++)
        {
            int largest = population - count + i;
            int drawn = (int)Interval((uint)largest);
            sample[i] = taken.Add(drawn) ? drawn : largest;
            taken.Add(sample[i]);
        }

        return sample;
    }

    /// <summary>Fisher-Yates from the last item down to <paramref name="first"/>.</summary>
    private void Shuffle(Span<int> items, int first)
    {
        for (int i = items.Length - 1; i >= first; i--)
        {
            int j = (int)Interval((uint)i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
