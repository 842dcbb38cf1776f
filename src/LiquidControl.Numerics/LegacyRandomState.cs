using System.Numerics;

namespace LiquidControl.Numerics;

/// <summary>
/// numpy.random.RandomState, draw for draw: what a Python program drew from a seed can be drawn again here. The generator is MT19937
/// (Matsumoto and Nishimura 1998, seeded by their init_genrand of 2002); the bounded draws are those of numpy's legacy functions, which
/// numpy has frozen (NEP 19). For everything that need not repeat Python, use <see cref="RandomStream"/>. Not thread-safe.
/// </summary>
public sealed class LegacyRandomState
{
    private const int Length = 624;
    private const int Middle = 397;
    private const uint UpperBit = 0x8000_0000;

    private readonly uint[] _words = new uint[Length];
    private int _next = Length;

    /// <param name="seed">numpy takes 0 to 2^32 - 1 as well.</param>
    public LegacyRandomState(uint seed)
    {
        _words[0] = seed;
        for (int i = 1; i < Length; i++) _words[i] = 1_812_433_253 * (_words[i - 1] ^ (_words[i - 1] >> 30)) + (uint)i;
    }

    public uint NextUInt32()
    {
        if (_next == Length) Twist();
        uint word = _words[_next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C_5680;
        word ^= (word << 15) & 0xEFC6_0000;
        return word ^ (word >> 18);
    }

    /// <summary>
    /// Uniform in [0, max], both included: words cut to the bits of <paramref name="max"/> until one is small enough, none if it is 0.
    /// RandomState's randint(low, high) of the default dtype is low + Interval(high - 1 - low), its choice of n things the one at
    /// Interval(n - 1).
    /// </summary>
    public uint Interval(uint max)
    {
        if (max == 0) return 0;
        uint mask = uint.MaxValue >> BitOperations.LeadingZeroCount(max);
        uint value;
        do
        {
            value = NextUInt32() & mask;
        }
        while (value > max);

        return value;
    }

    /// <summary>RandomState.shuffle: Fisher-Yates from the last item down.</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)Interval((uint)i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>
    /// RandomState.choice(population, count, replace=False): <paramref name="count"/> different numbers of 0 to
    /// <paramref name="population"/> - 1. All of the population is shuffled however few are taken.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The population is negative, or the count not in [0, population].</exception>
    public int[] Choice(int population, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(population);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, population);
        int[] numbers = [.. Enumerable.Range(0, population)];
        Shuffle(numbers);
        return numbers[..count];
    }

    private void Twist()
    {
        for (int i = 0; i < Length; i++)
        {
            uint joined = (_words[i] & UpperBit) | (_words[(i + 1) % Length] & ~UpperBit);
            uint twisted = (joined >> 1) ^ ((joined & 1) == 0 ? 0 : 0x9908_B0DF);
            _words[i] = _words[(i + Middle) % Length] ^ twisted;
        }

        _next = 0;
    }
}
