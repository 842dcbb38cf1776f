using System.Globalization;
using LiquidControl.Benchmarks.Dynamics;
using LiquidControl.Benchmarks.Harness;
using LiquidControl.Benchmarks.Kernel;
using LiquidControl.Benchmarks.Training;

// kernel [--quick], dynamics [--quick], training [--quick]
//                                    measures and prints JSON; progress goes to standard error
// allocations                        managed memory a step, as BenchmarkDotNet sees it; not when compiled ahead of time
// instructions SUITE GROUP VARIANT   prints the instructions of one step
// count SUITE GROUP VARIANT STEPS    runs a variant for an instruction counter around this program
Effort effort = args.Contains("--quick") ? Effort.Quick : Effort.Full;
switch (args)
{
    case ["kernel", ..]:
        KernelBenchmark.Run(effort);
        return 0;
    case ["dynamics", ..]:
        DynamicsBenchmark.Run(effort);
        return 0;
    case ["training", ..]:
        TrainingBenchmark.Run(effort);
        return 0;
#if ALLOCATIONS
    case ["allocations", .. string[] options]:
        BenchmarkDotNet.Running.BenchmarkRunner.Run<LiquidControl.Benchmarks.Allocations.StepAllocations>(args: options);
        return 0;
#endif
    case ["instructions", "kernel", string group, string name]:
        return Instructions("kernel", Find(new KernelVariants().Offers, group, name));
    case ["count", "kernel", string group, string name, string steps]:
        Count(Find(new KernelVariants().Offers, group, name), int.Parse(steps, CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("Usage: kernel|dynamics|training [--quick] | allocations | instructions|count SUITE GROUP VARIANT [STEPS]");
        return 2;
}

static VariantOffer Find(IEnumerable<VariantOffer> offers, string group, string name) =>
    offers.Single(offer => offer.Group == group && offer.Name == name);

static int Instructions(string suite, VariantOffer offer)
{
    if (InstructionCounter.Find(suite) is not { } counter) return 1;
    using Variant variant = offer.Make();
    Console.WriteLine(counter.PerStep(offer, variant).ToString("F1", CultureInfo.InvariantCulture));
    return 0;
}

static void Count(VariantOffer offer, int steps)
{
    using Variant variant = offer.Make();
    variant.Run(steps);
}
