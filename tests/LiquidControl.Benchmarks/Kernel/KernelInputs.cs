using LiquidControl.Numerics;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>The inputs that every variant of a size reads, around and around, one time unit apart.</summary>
internal static class KernelInputs
{
    /// <summary>Inputs of one turn.</summary>
    public const int Count = 64;

    public const float Timespan = 1.0f;

    private const ulong Seed = 21;

    /// <summary>Uniform in ±1.</summary>
    /// <param name="inputs">[step][input].</param>
    public static void Fill(Span<float> inputs)
    {
        RandomStream random = new(Seed);
        foreach (ref float value in inputs) value = (float)random.Uniform(-1.0, 1.0);
    }
}
