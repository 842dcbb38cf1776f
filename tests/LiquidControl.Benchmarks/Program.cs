using System.Globalization;
using LiquidControl.Benchmarks.Harness;
using LiquidControl.Benchmarks.Kernel;

// kernel [--quick]                   measures and prints JSON; progress goes to standard error
// count SUITE GROUP VARIANT STEPS    runs a variant for an instruction counter around this program
Effort effort = args.Contains("--quick") ? Effort.Quick : Effort.Full;
switch (args)
{
    case ["kernel", ..]:
        KernelBenchmark.Run(effort);
        return 0;
    case ["count", "kernel", string group, string name, string steps]:
        Count(new KernelVariants().Offers, group, name, int.Parse(steps, CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("Usage: kernel [--quick] | count SUITE GROUP VARIANT STEPS");
        return 2;
}

static void Count(IEnumerable<VariantOffer> offers, string group, string name, int steps)
{
    using Variant variant = offers.Single(offer => offer.Group == group && offer.Name == name).Make();
    variant.Run(steps);
}
