namespace LiquidControl.Numerics;

/// <summary>A seeded stream of random numbers, the same on every machine and runtime. (Signatures only: being written.)</summary>
public sealed class RandomStream(ulong seed)
{
    public ulong Seed { get; } = seed;
    public ulong NextUInt64() => throw new NotImplementedException();
    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => throw new NotImplementedException();
    public double Uniform(double low, double high) => throw new NotImplementedException();
    /// <summary>Uniform integer in [0, bound).</summary>
    public int NextInt(int bound) => throw new NotImplementedException();
    /// <summary>Standard normal.</summary>
    public double Normal() => throw new NotImplementedException();
    /// <summary>An independent stream named by <paramref name="key"/>: the same (seed, key) always gives the same stream.</summary>
    public RandomStream Fork(ulong key) => throw new NotImplementedException();
}
