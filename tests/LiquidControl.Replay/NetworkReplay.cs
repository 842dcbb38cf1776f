using System.Numerics;
using LiquidControl.Neural;
using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;

namespace LiquidControl.Replay;

/// <summary>Networks of every kind, in both precisions; the dense one in every mode with every activation.</summary>
internal static class NetworkReplay
{
    private const int Steps = 40;

    private static IEnumerable<(string Name, NetworkArchitecture Architecture)> Kinds
    {
        get
        {
            WiringRecipe ncp = new AutoNcpRecipe(19, 2);
            foreach (MemoryCoupling memory in Enum.GetValues<MemoryCoupling>())
            {
                yield return ($"wired-memory-{memory}", new WiredCfcArchitecture { InputSize = 6, Wiring = ncp, Memory = memory });
                yield return ($"ltc-memory-{memory}", new LtcArchitecture { InputSize = 6, Wiring = ncp, Memory = memory });
            }

            yield return ("wired-random", new WiredCfcArchitecture { InputSize = 6, Wiring = new RandomRecipe(12) { SparsityLevel = 0.5 } });
            yield return ("ltc-explicit", new LtcArchitecture { InputSize = 6, Wiring = ncp, ImplicitConstraints = false });
        }
    }

    public static IEnumerable<ReplayCase> Cases { get; } =
    [
        new("neural", "cfc-double", "all-modes", 1, () => Run<double>(1)),
        new("neural", "cfc-float", "all-modes", 1, () => Run<float>(1)),
        .. Kinds.Select(kind => new ReplayCase("neural", "double", kind.Name, 1, () => Run<double>(kind.Architecture))),
        .. Kinds.Select(kind => new ReplayCase("neural", "float", kind.Name, 1, () => Run<float>(kind.Architecture))),
    ];

    private static ulong Run<T>(ulong seed) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        StateHash hash = new();
        foreach (CfcMode mode in Enum.GetValues<CfcMode>())
        {
            foreach (Activation activation in Enum.GetValues<Activation>())
                Run<T>(mode, activation, seed, ref hash);
        }

        return hash.Value;
    }

    private static void Run<T>(CfcMode mode, Activation activation, ulong seed, ref StateHash hash)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        CfcArchitecture architecture = new()
        {
            InputSize = 5,
            Units = 12,
            Mode = mode,
            Activation = activation,
            BackboneLayers = 2,
            BackboneUnits = 16,
            ProjectionSize = 3,
        };
        Run<T>(architecture, seed, ref hash);
    }

    private static ulong Run<T>(NetworkArchitecture architecture) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        StateHash hash = new();
        Run<T>(architecture, 1, ref hash);
        return hash.Value;
    }

    private static void Run<T>(NetworkArchitecture architecture, ulong seed, ref StateHash hash)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var network = Network<T>.Create(RandomNetwork.Weights(architecture, seed));
        RandomStream random = new RandomStream(seed).Fork(1);
        var input = new T[network.InputSize];
        var state = new T[network.StateSize];
        var output = new T[network.OutputSize];
        var scratch = new T[network.ScratchLength];
        for (int step = 0; step < Steps; step++)
        {
            foreach (ref T value in input.AsSpan())
                value = T.CreateTruncating(2.0 * random.Normal());
            hash.Add((long)network.Step(input, T.CreateTruncating(random.Uniform(0.001, 2.0)), state, output, scratch));
            Add(ref hash, state);
            Add(ref hash, output);
        }
    }

    private static void Add<T>(ref StateHash hash, T[] values) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        foreach (T value in values)
            hash.Add(double.CreateTruncating(value));
    }
}
