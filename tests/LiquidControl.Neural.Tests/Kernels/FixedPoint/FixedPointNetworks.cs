using LiquidControl.Neural.Explanation;
using LiquidControl.Neural.Kernels;
using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;

namespace LiquidControl.Neural.Tests.Kernels;

/// <summary>Networks nobody trained and what they see, drawn from a seed.</summary>
internal static class FixedPointNetworks
{
    /// <summary>Weights as a training starts from: uniform within √(6 / (rows + columns)), biases within ±0.1.</summary>
    public static NetworkWeights Draw(NetworkArchitecture architecture, ulong seed)
    {
        RandomStream random = new(seed);
        NetworkWeights weights = new(architecture);
        foreach (TensorSpec tensor in weights.Tensors)
        {
            double bound = tensor.Shape.Length == 2 ? Math.Sqrt(6.0 / (tensor.Shape[0] + tensor.Shape[1])) : 0.1;
            foreach (ref double weight in weights[tensor.Key]) weight = random.Uniform(-bound, bound);
        }

        foreach ((string key, double[] mask) in WiringMasks.Of(architecture)) mask.CopyTo(weights[key]);
        return weights;
    }

    /// <summary>Normal inputs, timespans up to 1.</summary>
    public static Recording Record(NetworkArchitecture architecture, int steps, ulong seed)
    {
        RandomStream random = new(seed);
        return new Recording
        {
            Source = $"seed {seed}",
            InputNames = Recording.DefaultNames(architecture.InputSize),
            InitialState = [.. new double[architecture.StateSize]],
            Inputs = [.. Enumerable.Range(0, steps).Select(_ => Normals(random, architecture.InputSize))],
            Timespans = [.. Enumerable.Range(0, steps).Select(_ => random.Uniform(0.01, 1.0))],
        };
    }

    /// <summary>Every mode, activation, head, wiring and memory, and sizes that fill no vector.</summary>
    public static IEnumerable<NetworkArchitecture> Kinds
    {
        get
        {
            foreach (CfcMode mode in Enum.GetValues<CfcMode>())
            {
                foreach (Activation activation in Enum.GetValues<Activation>())
                {
                    yield return new CfcArchitecture
                    {
                        InputSize = 5, Units = 17, Mode = mode, Activation = activation,
                        BackboneLayers = 2, BackboneUnits = 23, ProjectionSize = 3,
                    };
                }
            }

            foreach (HeadActivation head in Enum.GetValues<HeadActivation>())
            {
                CfcArchitecture plain = new() { InputSize = 3, Units = 9, HeadActivation = head, BackboneLayers = 0 };
                yield return plain;
                yield return plain with { Mode = CfcMode.NoGate };
            }

            foreach (MemoryCoupling memory in Enum.GetValues<MemoryCoupling>())
            {
                yield return new CfcArchitecture { InputSize = 4, Units = 11, BackboneUnits = 13, Memory = memory };
                yield return new WiredCfcArchitecture { InputSize = 6, Wiring = new AutoNcpRecipe(19, 2), Memory = memory };
            }

            yield return new CfcArchitecture { InputSize = 1, Units = 1, BackboneLayers = 0 };
            yield return new CfcArchitecture { InputSize = 1, Units = 1, BackboneUnits = 1, ProjectionSize = 1 };
            yield return new CfcArchitecture { InputSize = 33, Units = 1000, BackboneUnits = 31, ProjectionSize = 2 };
            FullyConnectedRecipe wiring = new(7);
            yield return new WiredCfcArchitecture { InputSize = 2, Wiring = wiring, Mode = CfcMode.Pure, ProjectionSize = 2 };
        }
    }

    public static KernelPrecision[] Precisions { get; } = [KernelPrecision.Fixed16, KernelPrecision.Fixed32];

    private static double[] Normals(RandomStream random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Normal())];
}
