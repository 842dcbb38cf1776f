using System.Numerics;

namespace LiquidControl.Numerics;

/// <summary>
/// A seeded stream of random numbers, the same on every machine and runtime: xoshiro256++ 1.0 (Blackman and Vigna 2019), its state filled
/// by SplitMix64 from the seed. Not thread-safe; give each consumer its own <see cref="Fork"/>.
/// </summary>
public sealed class RandomStream
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;
    private double _spareNormal = double.NaN;

    public RandomStream(ulong seed)
    {
        Seed = seed;
        _s0 = SplitMix64.Next(ref seed);
        _s1 = SplitMix64.Next(ref seed);
        _s2 = SplitMix64.Next(ref seed);
        _s3 = SplitMix64.Next(ref seed);
    }

    public ulong Seed { get; }

    /// <summary>A stream that gives what this one will give.</summary>
    public RandomStream Copy() => (RandomStream)MemberwiseClone();

    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (long)(NextUInt64() >> 11) * 1.1102230246251565e-16;

    /// <summary>Uniform between <paramref name="low"/> (included) and <paramref name="high"/>, which rounding may reach.</summary>
    public double Uniform(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>Uniform integer in [0, bound), without bias (Lemire 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong range = (ulong)bound;
        ulong high = Math.BigMul(NextUInt64(), range, out ulong low);
        if (low < range)
        {
            ulong rejected = (0UL - range) % range;
            while (low < rejected) high = Math.BigMul(NextUInt64(), range, out low);
        }

        return (int)high;
    }

    /// <summary>Standard normal, by Marsaglia's polar method: two numbers a trial, the second kept for the next call.</summary>
    public double Normal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            double spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }

        double u;
        double v;
        double s;
        do
        {
            u = 2.0 * NextDouble() - 1.0;
            v = 2.0 * NextDouble() - 1.0;
            s = u * u + v * v;
        }
        while (s >= 1.0 || s == 0.0);

        double factor = Math.Sqrt(-2.0 * Elementary.Log(s) / s);
        _spareNormal = v * factor;
        return u * factor;
    }

    /// <summary>
    /// An independent stream named by <paramref name="key"/>: the same (seed, key) always gives the same stream, whatever has been drawn
    /// from this one.
    /// </summary>
    public RandomStream Fork(ulong key) => new(SplitMix64.Mix(SplitMix64.Mix(Seed + SplitMix64.Increment) ^ SplitMix64.Mix(~key)));
}
