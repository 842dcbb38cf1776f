using System.Text.Json.Serialization;
using LiquidControl.Benchmarks.Harness;

namespace LiquidControl.Benchmarks.Dynamics;

/// <summary>A line of the result; times in nanoseconds a call, over rounds. Null: not measured here.</summary>
internal sealed record DynamicsRow(
    string Robot, string Function, string Variant, double NsMedian, double NsP99, double NsWorst, double? RatioToKdl, double? BytesPerCall)
{
    public static DynamicsRow Of(DynamicsOffer offer, Measurement measured) => new(
        offer.Robot, offer.Function, measured.Offer.Name,
        measured.Nanoseconds.Median, measured.Nanoseconds.At(0.99), measured.Nanoseconds.Largest,
        measured.RatioToYardstick, measured.BytesPerStep);
}

/// <summary>Made at compile time, as a program compiled ahead of time needs it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DynamicsRow[]))]
internal sealed partial class DynamicsJson : JsonSerializerContext;
