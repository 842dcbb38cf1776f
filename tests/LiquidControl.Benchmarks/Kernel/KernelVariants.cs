using LiquidControl.Benchmarks.Harness;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>Every way to step a network that this machine has, size by size.</summary>
internal sealed class KernelVariants
{
    /// <summary>What 32 bits and their tanh may differ from double over a turn of inputs; a wrong weight shows in the second place.</summary>
    private const double FloatTolerance = 2e-5;

    private static readonly NativeSource Tuned = new("tuned.cpp", "-std=c++17", "-ffast-math") { NeedsAvx2 = true };

    private static readonly NativeSource Plain = new("plain.c");

    private static readonly NativeSource Eigen = new("eigen.cpp", "-std=c++17", "-ffast-math", "-DNDEBUG", "-isystem", "/usr/include/eigen3")
    {
        Header = ("/usr/include/eigen3/Eigen/Dense", "libeigen3-dev"),
    };

    private static readonly (string Name, double Value)[] SolverTolerances = [("1e-3", 1e-3), ("1e-6", 1e-6), ("1e-9", 1e-9)];

    private readonly List<VariantOffer> _offers = [];
    private readonly List<string> _missing = [];

    public KernelVariants()
    {
        bool hasTuned = IsHere(Tuned.Lacking), hasPlain = IsHere(Plain.Lacking), hasEigen = IsHere(Eigen.Lacking);
        bool hasOnnx = IsHere(OnnxVariant.Lacking);
        for (int i = 0; i < KernelSize.Dense.Length; i++)
        {
            int number = i;
            KernelSize size = KernelSize.Dense[i];
            AddOurs(size, "reference float", () => new ReferenceVariant(size.Weights, FloatTolerance));
            if (hasTuned) _offers.Add(TunedC(size.Name, i));
            if (hasPlain) Add(size, "plain C", () => new NativeVariant(Plain, number, size.Weights, FloatTolerance));
            if (hasEigen) Add(size, "Eigen", () => new NativeVariant(Eigen, number, size.Weights, FloatTolerance));
            if (hasOnnx) AddOnnx(size);
        }

        foreach (KernelSize size in KernelSize.Wired)
        {
            AddOurs(size, "reference float", () => new ReferenceVariant(size.Weights, FloatTolerance));
            if (hasTuned) _offers.Add(TunedC(size.Name, 0));
            if (hasOnnx) AddOnnx(size);
            AddOurs(size, "LTC, reference float", () => new ReferenceVariant(size.DrawLtc(), FloatTolerance));
            AddSolvers(size);
        }
    }

    public IReadOnlyList<VariantOffer> Offers => _offers;

    /// <summary>Why some are left out, and what would bring them.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>The yardstick; of a wired network it is the dense one of 19 units, the nearest there is in C.</summary>
    private static VariantOffer TunedC(string group, int number)
    {
        KernelSize size = KernelSize.Dense[number];
        return new(group, group == size.Name ? "tuned C" : $"tuned C, dense {size.Name}",
            () => new NativeVariant(Tuned, number, size.Weights, FloatTolerance))
        {
            IsYardstick = true,
            TimesSingleSteps = group == "a",
        };
    }

    private void AddSolvers(KernelSize size)
    {
        Lazy<LtcSolution> solution = new(() => new LtcSolution(size.DrawLtc()));
        foreach ((string tolerance, double value) in SolverTolerances)
        {
            AddOurs(size, $"LTC, Runge-Kutta 4, {tolerance}", () => SolverVariant.RungeKutta(solution.Value, value));
            AddOurs(size, $"LTC, Dormand-Prince, {tolerance}", () => SolverVariant.DormandPrince(solution.Value, value));
        }
    }

    private void AddOnnx(KernelSize size) => _offers.Add(
        new VariantOffer(size.Name, "ONNX Runtime", () => new OnnxVariant(size.Weights, FloatTolerance)) { CountsInstructions = false });

    private void AddOurs(KernelSize size, string name, Func<Variant> make) =>
        _offers.Add(new VariantOffer(size.Name, name, make) { IsOurs = true });

    private void Add(KernelSize size, string name, Func<Variant> make) => _offers.Add(new VariantOffer(size.Name, name, make));

    private bool IsHere(string? lacking)
    {
        if (lacking is not null) _missing.Add(lacking);
        return lacking is null;
    }
}
