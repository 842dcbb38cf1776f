using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;

namespace LiquidControl.Neural.Tests.Kernels;

/// <summary>Networks of every kind and of odd sizes, with random weights.</summary>
internal static class KernelNetworks
{
    public static readonly string[] Cfc =
    [
        "one unit", "one input", "no backbone", "three layers", "wide backbone", "17 units", "a thousand units", "no gate", "pure", "pure wide",
        "identity heads", "lecun heads", "relu", "silu", "gelu", "nine outputs", "20 units", "24 units", "28 units", "ncp", "ncp pure",
        "ncp no gate", "ncp projection", "wired fully", "wired random", "ncp 64",
    ];

    public static readonly string[] Others =
    [
        "mixed state", "mixed input", "mixed ncp", "ltc", "ltc explicit", "ltc one unit", "ltc random", "ltc mixed state", "ltc mixed input",
    ];

    public static readonly string[] All = [.. Cfc, .. Others];

    public static NetworkArchitecture Architecture(string name)
    {
        CfcArchitecture dense = new() { InputSize = 5, Units = 11, BackboneLayers = 1, BackboneUnits = 13, ProjectionSize = 3 };
        WiredCfcArchitecture wired = new() { InputSize = 6, Wiring = new AutoNcpRecipe(19, 2) };
        LtcArchitecture ltc = new() { InputSize = 6, Wiring = new AutoNcpRecipe(19, 2) };
        return name switch
        {
            "one unit" => dense with { Units = 1, BackboneLayers = 0, ProjectionSize = null },
            "one input" => dense with { InputSize = 1, BackboneUnits = 1 },
            "no backbone" => dense with { BackboneLayers = 0 },
            "three layers" => dense with { BackboneLayers = 3 },
            "wide backbone" => dense with { BackboneUnits = 150 },
            "17 units" => dense with { Units = 17, InputSize = 16, BackboneUnits = 17 },
            "a thousand units" => dense with { Units = 1000, BackboneUnits = 40 },
            "no gate" => dense with { Mode = CfcMode.NoGate },
            "pure" => dense with { Mode = CfcMode.Pure },
            "pure wide" => dense with { Mode = CfcMode.Pure, Units = 70, ProjectionSize = null },
            "identity heads" => dense with { HeadActivation = HeadActivation.Identity },
            "lecun heads" => dense with { HeadActivation = HeadActivation.LecunTanh, Mode = CfcMode.NoGate },
            "relu" => dense with { Activation = Activation.Relu },
            "silu" => dense with { Activation = Activation.Silu, BackboneLayers = 2 },
            "gelu" => dense with { Activation = Activation.Gelu, BackboneLayers = 2 },
            "nine outputs" => dense with { ProjectionSize = 9 },
            "20 units" => dense with { Units = 20, BackboneLayers = 0 },
            "24 units" => dense with { Units = 24, BackboneLayers = 0 },
            "28 units" => dense with { Units = 28, BackboneLayers = 0 },
            "ncp" => wired,
            "ncp pure" => wired with { Mode = CfcMode.Pure },
            "ncp no gate" => wired with { Mode = CfcMode.NoGate, HeadActivation = HeadActivation.LecunTanh },
            "ncp projection" => wired with { ProjectionSize = 5 },
            "wired fully" => wired with { Wiring = new FullyConnectedRecipe(9) },
            "wired random" => wired with { Wiring = new RandomRecipe(12) { SparsityLevel = 0.5 } },
            "ncp 64" => wired with { Wiring = new AutoNcpRecipe(64, 6) },
            "mixed state" => dense with { Memory = MemoryCoupling.State },
            "mixed input" => dense with { Memory = MemoryCoupling.Input },
            "mixed ncp" => wired with { Memory = MemoryCoupling.State },
            "ltc" => ltc,
            "ltc explicit" => ltc with { ImplicitConstraints = false, InputMapping = LtcMapping.None, OutputMapping = LtcMapping.Linear },
            "ltc one unit" => ltc with { Wiring = new FullyConnectedRecipe(1), InputSize = 1 },
            "ltc random" => ltc with { Wiring = new RandomRecipe(30) { SparsityLevel = 0.7 }, OdeUnfolds = 3 },
            "ltc mixed state" => ltc with { Memory = MemoryCoupling.State },
            "ltc mixed input" => ltc with { Memory = MemoryCoupling.Input },
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such network."),
        };
    }

    public static NetworkWeights Weights(string name, ulong seed)
    {
        NetworkArchitecture architecture = Architecture(name);
        RandomStream random = new(seed);
        if (architecture.WithoutMemory() is LtcArchitecture && architecture.Memory == MemoryCoupling.None)
            return LtcInitialisation.Draw((LtcArchitecture)architecture, random);
        NetworkWeights weights = new(architecture);
        foreach (TensorSpec tensor in weights.Tensors)
        {
            double bound = 1.5 / Math.Sqrt(tensor.Shape[^1]);
            foreach (ref double weight in weights[tensor.Key]) weight = tensor.IsMask ? 1.0 : random.Uniform(-bound, bound);
        }

        foreach ((string key, double[] mask) in WiringMasks.Of(architecture)) mask.CopyTo(weights[key]);
        return weights;
    }
}
