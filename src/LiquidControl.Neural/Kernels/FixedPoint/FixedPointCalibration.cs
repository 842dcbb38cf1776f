using System.Collections.Immutable;
using System.Text.Json;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The integers a network is to be computed in, and how far its numbers reach. A model's description holds it as "fixed_point".
/// </summary>
public sealed record FixedPointCalibration(KernelPrecision Precision, FixedPointRanges Ranges)
{
    private static readonly KernelPrecision[] Precisions = [KernelPrecision.Fixed16, KernelPrecision.Fixed32];

    /// <summary>The name in files of <see cref="KernelPrecision.Fixed16"/> or <see cref="KernelPrecision.Fixed32"/>.</summary>
    public static string Name(KernelPrecision precision) => precision == KernelPrecision.Fixed16 ? "int16" : "int32";

    /// <summary>The kernel of these weights.</summary>
    /// <exception cref="ModelFormatException">The network has what fixed point does not do, or a range that overflows.</exception>
    public FixedPointKernel Compile(NetworkWeights weights, KernelOptions? options = null) =>
        FixedPointKernel.Compile(weights, Precision, Ranges, options);

    internal static FixedPointCalibration Read(JsonPlace place)
    {
        place.AllowOnly("precision", "inputs", "state", "hidden");
        int precision = place.Member("precision").OneOf([.. Precisions.Select(Name)]);
        return new(Precisions[precision], new FixedPointRanges
        {
            Inputs = Numbers(place.Member("inputs")),
            State = place.Member("state").Number(),
            Hidden = Numbers(place.Member("hidden")),
        });
    }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("fixed_point");
        json.WriteString("precision", Name(Precision));
        Write(json, "inputs", Ranges.Inputs);
        json.WriteNumber("state", Ranges.State);
        Write(json, "hidden", Ranges.Hidden);
        json.WriteEndObject();
    }

    private static ImmutableArray<double> Numbers(JsonPlace place) => [.. place.Items().Select(item => item.Number())];

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
