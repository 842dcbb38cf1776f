using LiquidControl.Neural;
using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>A CfC network that is measured. Its random weights are drawn when they are first needed, all exact in 32 bits.</summary>
internal sealed class KernelSize
{
    private const ulong Seed = 20;

    private readonly Lazy<NetworkWeights> _weights;

    private KernelSize(string name, NetworkArchitecture architecture)
    {
        Name = name;
        _weights = new Lazy<NetworkWeights>(() => Draw(architecture));
    }

    /// <summary>In the order in which the native programs number them.</summary>
    public static KernelSize[] Dense { get; } =
    [
        new("a", Cfc(inputs: 8, units: 19, backbone: 0)),
        new("b", Cfc(inputs: 16, units: 64, backbone: 64)),
        new("c", Cfc(inputs: 32, units: 256, backbone: 128)),
    ];

    /// <summary>Neural circuit policies.</summary>
    public static KernelSize[] Wired { get; } =
    [
        new("ncp-19", new WiredCfcArchitecture { InputSize = 8, Wiring = new AutoNcpRecipe(19, 1) }),
        new("ncp-32", new WiredCfcArchitecture { InputSize = 8, Wiring = new AutoNcpRecipe(32, 4) }),
    ];

    /// <summary>As the figures name it.</summary>
    public string Name { get; }

    /// <summary>Uniform within Xavier's bounds, biases within ±0.1.</summary>
    public NetworkWeights Weights => _weights.Value;

    /// <summary>An LTC of a wired network's wiring, drawn as training starts.</summary>
    public NetworkWeights DrawLtc()
    {
        WiredCfcArchitecture wired = (WiredCfcArchitecture)Weights.Architecture;
        NetworkWeights weights = LtcInitialisation.Draw(
            new LtcArchitecture { InputSize = wired.InputSize, Wiring = wired.Wiring }, new RandomStream(Seed));
        foreach (ref double weight in weights.Parameters.AsSpan()) weight = (float)weight;
        return weights;
    }

    private static NetworkWeights Draw(NetworkArchitecture architecture)
    {
        RandomStream random = new(Seed);
        NetworkWeights weights = new(architecture);
        foreach (TensorSpec tensor in weights.Tensors)
        {
            bool isBias = tensor.Key.EndsWith(CfcKeys.Bias, StringComparison.Ordinal);
            double bound = isBias ? 0.1 : Math.Sqrt(6.0 / (tensor.Shape[0] + tensor.Shape[^1]));
            foreach (ref double weight in weights[tensor.Key]) weight = (float)random.Uniform(-bound, bound);
        }

        foreach ((string key, double[] mask) in WiringMasks.Of(architecture)) mask.CopyTo(weights[key]);
        return weights;
    }

    private static CfcArchitecture Cfc(int inputs, int units, int backbone) => new()
    {
        InputSize = inputs,
        Units = units,
        BackboneLayers = backbone == 0 ? 0 : 1,
        BackboneUnits = Math.Max(backbone, 1),
        ProjectionSize = 4,
    };
}
