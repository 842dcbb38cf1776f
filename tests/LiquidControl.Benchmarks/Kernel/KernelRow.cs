using System.Text.Json.Serialization;
using LiquidControl.Benchmarks.Harness;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>A line of the result; times in nanoseconds a step, over rounds. Null: not measured here.</summary>
internal sealed record KernelRow(
    string Size, string Variant, double NsMedian, double NsP99, double NsWorst, double? RatioToTunedC, double? BytesPerStep,
    double? InstructionsPerStep, double? EvaluationsPerStep, SingleSteps? SingleSteps)
{
    public static KernelRow Of(Measurement measured) => new(
        measured.Offer.Group, measured.Offer.Name,
        measured.Nanoseconds.Median, measured.Nanoseconds.At(0.99), measured.Nanoseconds.Largest,
        measured.RatioToYardstick, measured.BytesPerStep, measured.InstructionsPerStep,
        measured.EvaluationsPerStep,
        measured.SingleSteps is { } single ? new(single.Median, single.At(0.99), single.At(0.999), single.Largest) : null);
}

/// <summary>Nanoseconds of steps timed one by one, the clock's reading included.</summary>
internal sealed record SingleSteps(double P50, double P99, double P999, double Max);

/// <summary>Made at compile time, as a program compiled ahead of time needs it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KernelRow[]))]
internal sealed partial class KernelJson : JsonSerializerContext;
