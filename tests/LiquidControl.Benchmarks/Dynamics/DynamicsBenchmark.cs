using System.Text.Json;
using LiquidControl.Benchmarks.Harness;

namespace LiquidControl.Benchmarks.Dynamics;

/// <summary>Kinematics and dynamics of six-joint arms: ours beside Orocos KDL.</summary>
internal static class DynamicsBenchmark
{
    /// <summary>Prints the rows as a JSON array on standard output; what is missing, and how far it is, on standard error.</summary>
    public static void Run(Effort effort)
    {
        DynamicsVariants variants = new();
        if (variants.Missing is { } missing) Console.Error.WriteLine(missing);
        List<DynamicsRow> rows = [];
        foreach (DynamicsOffer offer in variants.Offers)
        {
            Console.Error.WriteLine($"Measuring {offer.Robot}, {offer.Function} ...");
            rows.AddRange(GroupMeasurement.Run(offer.Variants, effort, counter: null).Select(measured => DynamicsRow.Of(offer, measured)));
        }

        Console.WriteLine(JsonSerializer.Serialize(rows.ToArray(), DynamicsJson.Default.DynamicsRowArray));
    }
}
