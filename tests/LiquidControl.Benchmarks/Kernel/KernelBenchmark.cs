using System.Text.Json;
using LiquidControl.Benchmarks.Harness;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>Steps of liquid networks: ours beside C, Eigen, ONNX Runtime and solvers.</summary>
internal static class KernelBenchmark
{
    /// <summary>Prints the rows as a JSON array on standard output; what is missing, and how far it is, on standard error.</summary>
    public static void Run(Effort effort)
    {
        KernelVariants variants = new();
        foreach (string missing in variants.Missing) Console.Error.WriteLine(missing);
        InstructionCounter? counter = effort.CountsInstructions ? InstructionCounter.Find("kernel") : null;

        List<KernelRow> rows = [];
        foreach (IGrouping<string, VariantOffer> group in variants.Offers.GroupBy(offer => offer.Group))
        {
            Console.Error.WriteLine($"Measuring {group.Key} ...");
            rows.AddRange(GroupMeasurement.Run([.. group], effort, counter).Select(KernelRow.Of));
        }

        Console.WriteLine(JsonSerializer.Serialize(rows.ToArray(), KernelJson.Default.KernelRowArray));
    }
}
