using BenchmarkDotNet.Attributes;
using LiquidControl.Benchmarks.Harness;
using LiquidControl.Benchmarks.Kernel;

namespace LiquidControl.Benchmarks.Allocations;

/// <summary>Bytes that a step of each of our variants allocates, at each size.</summary>
[Config(typeof(AllocationConfiguration))]
public class StepAllocations
{
    /// <summary>In a call: enough that the few thousand bytes of the measurement itself are less than one a step.</summary>
    private const int Steps = 16384;

    private Variant? _variant;

    public static IEnumerable<string> Variants =>
        new KernelVariants().Offers.Where(offer => offer.IsOurs).Select(offer => $"{offer.Group}: {offer.Name}");

    [ParamsSource(nameof(Variants))]
    public string Which { get; set; } = "";

    [GlobalSetup]
    public void Make() => _variant = new KernelVariants().Offers.Single(offer => $"{offer.Group}: {offer.Name}" == Which).Make();

    [GlobalCleanup]
    public void Free() => _variant?.Dispose();

    [Benchmark(OperationsPerInvoke = Steps)]
    public void Step() => _variant!.Run(Steps);
}
