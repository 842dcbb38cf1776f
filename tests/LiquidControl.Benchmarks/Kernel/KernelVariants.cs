using System.Numerics;
using LiquidControl.Benchmarks.Harness;
using LiquidControl.Benchmarks.Kernel.Ode;
using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>Every way to step a network that this machine has, size by size.</summary>
internal sealed class KernelVariants
{
    /// <summary>What 32 bits and their tanh may differ from double over a turn of inputs; a wrong weight shows far above.</summary>
    private const double FloatTolerance = 2e-5;

    /// <summary>Of which single steps are timed.</summary>
    private const string SingleStepsSize = "a";

    /// <summary>What 16-bit weights and activations may differ besides.</summary>
    private const double Int16Tolerance = 1e-3;

    /// <summary>Where Debian puts it.</summary>
    private const string EigenFolder = "/usr/include/eigen3";

    private static readonly NativeSource Tuned = new("tuned.cpp", "-std=c++17", "-ffast-math") { NeedsAvx2 = true };

    private static readonly NativeSource Plain = new("plain.c");

    private static readonly NativeSource Eigen = new("eigen.cpp", "-std=c++17", "-ffast-math", "-DNDEBUG", "-isystem", EigenFolder)
    {
        Header = (EigenFolder + "/Eigen/Dense", "libeigen3-dev"),
    };

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
            AddCompiled(size);
            if (hasTuned) _offers.Add(TunedC(size.Name, i));
            if (hasPlain) Add(size, "plain C", () => new NativeVariant(Plain, number, size.Weights, FloatTolerance));
            if (hasEigen) Add(size, "Eigen", () => new NativeVariant(Eigen, number, size.Weights, FloatTolerance));
            if (hasOnnx) AddOnnx(size);
        }

        foreach (KernelSize size in KernelSize.Wired)
        {
            AddCompiled(size);
            if (hasTuned) _offers.Add(TunedC(size.Name, 0));
            if (hasOnnx) AddOnnx(size);
            AddFloat(size, "ours, LTC", size.DrawLtc, new KernelOptions());
            _offers.Add(new VariantOffer(size.Name, "ours, LTC, batch", () => Batch(size.DrawLtc())) { IsOurs = true });
            Add(size, "reference float, LTC", () => new ReferenceVariant(size.DrawLtc(), FloatTolerance));
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
            TimesSingleSteps = group == SingleStepsSize,
        };
    }

    /// <summary>The best path first.</summary>
    private void AddCompiled(KernelSize size)
    {
        foreach (KernelPath path in Enum.GetValues<KernelPath>().Where(KernelPaths.IsSupported).OrderDescending())
        {
            bool isBest = path == KernelPaths.Best;
            AddFloat(size, $"ours, {path}", () => size.Weights, new KernelOptions { Path = path }, timesSingleSteps: isBest);
        }

        _offers.Add(new VariantOffer(size.Name, "ours, sequence", () => Sequence(size.Weights)) { IsOurs = true });
        _offers.Add(new VariantOffer(size.Name, "ours, batch", () => Batch(size.Weights)) { IsOurs = true });
        AddFloat(size, "ours, constant timespan", () => size.Weights, new KernelOptions { ConstantTimespan = KernelInputs.Timespan });
        AddFixedPoint(size, "ours, int32", KernelPrecision.Fixed32, FloatTolerance);
        AddFixedPoint(size, "ours, int16", KernelPrecision.Fixed16, Int16Tolerance);
        Add(size, "reference float", () => new ReferenceVariant(size.Weights, FloatTolerance));
    }

    private void AddFixedPoint(KernelSize size, string name, KernelPrecision precision, double tolerance) => _offers.Add(
        new VariantOffer(size.Name, name, () => FixedPoint(size.Weights, precision, tolerance)) { IsOurs = true });

    private static CompiledVariant FixedPoint(NetworkWeights weights, KernelPrecision precision, double tolerance)
    {
        // As calibration would find them.
        FixedPointRanges ranges = new() { Inputs = [.. Enumerable.Repeat(1.0, weights.Architecture.InputSize)] };
        return new CompiledVariant(FixedPointKernel.Compile(weights, precision, ranges), weights, tolerance);
    }

    private void AddFloat(KernelSize size, string name, Func<NetworkWeights> draw, KernelOptions options, bool timesSingleSteps = false) =>
        _offers.Add(new VariantOffer(size.Name, name, () => Compiled(draw(), options))
        {
            IsOurs = true,
            TimesSingleSteps = timesSingleSteps && size.Name == SingleStepsSize,
        });

    private static CompiledVariant Compiled(NetworkWeights weights, KernelOptions options) =>
        new(NetworkKernel.Compile(weights, options), weights, FloatTolerance);

    private static SequenceVariant Sequence(NetworkWeights weights) => new(NetworkKernel.Compile(weights), weights, FloatTolerance);

    private static BatchVariant Batch(NetworkWeights weights) => new(BatchKernel.Compile(weights), weights, FloatTolerance);

    private void AddSolvers(KernelSize size)
    {
        Lazy<LtcSolution> solution = new(() => new LtcSolution(size.DrawLtc()));
        AddSolvers<float, FloatLanes>(size, "LTC", solution, ("1e-3", 1e-3), ("1e-6", 1e-6));
        AddSolvers<double, DoubleLanes>(size, "LTC in double", solution, ("1e-9", 1e-9));
    }

    private void AddSolvers<TNumber, TLanes>(
        KernelSize size, string network, Lazy<LtcSolution> solution, params (string Name, double Value)[] tolerances)
        where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
        where TLanes : struct, ILanes<TNumber>
    {
        foreach ((string name, double tolerance) in tolerances)
        {
            Add(size, $"{network}, Runge-Kutta 4, {name}", () => SolverVariant<TNumber, TLanes>.RungeKutta(solution.Value, tolerance));
            Add(size, $"{network}, Dormand-Prince, {name}", () => SolverVariant<TNumber, TLanes>.DormandPrince(solution.Value, tolerance));
        }
    }

    private void AddOnnx(KernelSize size) => AddUncounted(size, "ONNX Runtime", () => new OnnxVariant(size.Weights, FloatTolerance));

    private void Add(KernelSize size, string name, Func<Variant> make) => _offers.Add(new VariantOffer(size.Name, name, make));

    /// <summary>What starts too slowly under an instruction counter.</summary>
    private void AddUncounted(KernelSize size, string name, Func<Variant> make) =>
        _offers.Add(new VariantOffer(size.Name, name, make) { CountsInstructions = false });

    private bool IsHere(string? lacking)
    {
        if (lacking is not null) _missing.Add(lacking);
        return lacking is null;
    }
}
