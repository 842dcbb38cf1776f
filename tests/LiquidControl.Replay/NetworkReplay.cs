using System.Numerics;
using LiquidControl.Neural;
using LiquidControl.Numerics;

namespace LiquidControl.Replay;

/// <summary>The network in every mode with every activation, in both precisions.</summary>
internal static class NetworkReplay
{
    private const int Steps = 40;

    public static IEnumerable<ReplayCase> Cases { get; } =
    [
        new("neural", "cfc-double", "all-modes", 1, () => Run<double>(1)),
        new("neural", "cfc-float", "all-modes", 1, () => Run<float>(1)),
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
            hash.Add((long)network.Step(input, T.CreateTruncating(random.Uniform(0.0, 2.0)), state, output, scratch));
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
