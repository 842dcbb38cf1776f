using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;
using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;

namespace LiquidControl.Replay;

/// <summary>
/// Compiled kernels of random networks of every kind, alone and in batches: one hash a precision, which each path that the machine has must
/// give.
/// </summary>
internal static class KernelReplay
{
    /// <summary>Over all networks of a precision.</summary>
    private const int Steps = 100_000;

    /// <summary>Of a batch: on every path the last tile is not full.</summary>
    private const int Robots = 29;

    private const float OnlyTimespan = 0.4f;

    private const ulong Seed = 3;

    private static NetworkArchitecture[] Dense { get; } =
    [
        .. from mode in Enum.GetValues<CfcMode>()
           from activation in Enum.GetValues<Activation>()
           from head in mode == CfcMode.Pure ? [HeadActivation.Tanh] : Enum.GetValues<HeadActivation>()
           select new CfcArchitecture
           {
               InputSize = 5,
               Units = 11,
               Mode = mode,
               Activation = activation,
               HeadActivation = head,
               BackboneLayers = (int)activation % 3,
               BackboneUnits = 14,
               ProjectionSize = 3,
           },
    ];

    private static NetworkArchitecture[] Wired { get; } =
    [
        .. Enum.GetValues<CfcMode>().Select(mode => new WiredCfcArchitecture { InputSize = 6, Wiring = new AutoNcpRecipe(19, 2), Mode = mode }),
        new WiredCfcArchitecture { InputSize = 6, Wiring = new RandomRecipe(12) { SparsityLevel = 0.5 }, ProjectionSize = 4 },
    ];

    private static NetworkArchitecture[] Remembering { get; } =
    [
        new CfcArchitecture { InputSize = 5, Units = 9, Memory = MemoryCoupling.State },
        new WiredCfcArchitecture { InputSize = 6, Wiring = new AutoNcpRecipe(19, 2), Memory = MemoryCoupling.Input },
    ];

    private static NetworkArchitecture[] Solving { get; } =
    [
        new LtcArchitecture { InputSize = 6, Wiring = new AutoNcpRecipe(19, 2) },
        new LtcArchitecture { InputSize = 6, Wiring = new FullyConnectedRecipe(7), ImplicitConstraints = false, Memory = MemoryCoupling.State },
    ];

    /// <summary>Those that take a constant timespan, and fixed point.</summary>
    private static NetworkArchitecture[] Timed { get; } = [.. Dense, .. Wired, .. Remembering];

    public static IEnumerable<ReplayCase> Cases { get; } =
    [
        new("kernel", "float", "every-path", Seed, () => OnEveryPath(path => Run([.. Timed, .. Solving], Steps / 2, Float(null), path))),
        new("kernel", "float-batch", "every-path", Seed, () => OnEveryPath(path => RunBatch([.. Timed, .. Solving], null, path))),
        new("kernel", "float-constant-timespan", "every-path", Seed,
            () => OnEveryPath(path => Run(Timed, Steps / 2, Float(OnlyTimespan), path))),
        new("kernel", "float-constant-timespan-batch", "every-path", Seed, () => OnEveryPath(path => RunBatch(Timed, OnlyTimespan, path))),
        new("kernel", "int32", "every-path", Seed, () => OnEveryPath(path => Run(Timed, Steps, Fixed(KernelPrecision.Fixed32), path))),
        new("kernel", "int16", "every-path", Seed, () => OnEveryPath(path => Run(Timed, Steps, Fixed(KernelPrecision.Fixed16), path))),
    ];

    private static ulong OnEveryPath(Func<KernelPath, ulong> run)
    {
        ulong scalar = run(KernelPath.Scalar);
        foreach (KernelPath path in Enum.GetValues<KernelPath>().Where(KernelPaths.IsSupported))
        {
            ulong hash = run(path);
            if (hash != scalar) throw new InvalidOperationException($"{path} gives {hash:x16}, Scalar {scalar:x16}.");
        }

        return scalar;
    }

    private static ulong Run(
        NetworkArchitecture[] networks, int steps, Func<NetworkWeights, KernelPath, NetworkKernel> compile, KernelPath path)
    {
        StateHash hash = new();
        RandomStream random = new(Seed);
        foreach (NetworkArchitecture architecture in networks)
        {
            NetworkKernel kernel = compile(RandomNetwork.Weights(architecture, Seed), path);
            KernelState state = kernel.CreateState();
            float[] input = new float[kernel.InputSize], output = new float[kernel.OutputSize], numbers = new float[kernel.StateSize];
            for (int step = 0; step < steps / networks.Length + 1; step++)
            {
                foreach (ref float value in input.AsSpan()) value = (float)random.Uniform(-3.0, 3.0);
                float timespan = kernel.ConstantTimespan ?? (float)(1e-3 + random.Uniform(0.0, 1.0));
                hash.Add((long)kernel.Step(state, input, timespan, output));
                hash.Add(output);
                state.Read(numbers);
                hash.Add(numbers);
            }
        }

        return hash.Value;
    }

    private static ulong RunBatch(NetworkArchitecture[] networks, float? constantTimespan, KernelPath path)
    {
        StateHash hash = new();
        RandomStream random = new(Seed);
        foreach (NetworkArchitecture architecture in networks)
        {
            var kernel = BatchKernel.Compile(
                RandomNetwork.Weights(architecture, Seed), new KernelOptions { Path = path, ConstantTimespan = constantTimespan });
            BatchState state = kernel.CreateState(Robots);
            float[] inputs = new float[Robots * kernel.InputSize], outputs = new float[Robots * kernel.OutputSize];
            float[] timespans = new float[Robots], numbers = new float[kernel.StateSize];
            for (int step = 0; step < Steps / 2 / Robots / networks.Length + 1; step++)
            {
                foreach (ref float value in inputs.AsSpan()) value = (float)random.Uniform(-3.0, 3.0);
                foreach (ref float timespan in timespans.AsSpan()) timespan = constantTimespan ?? (float)(1e-3 + random.Uniform(0.0, 1.0));
                hash.Add((long)kernel.Step(state, inputs, timespans, outputs));
                hash.Add(outputs);
                for (int robot = 0; robot < Robots; robot++)
                {
                    state.Read(robot, numbers);
                    hash.Add(numbers);
                }
            }
        }

        return hash.Value;
    }

    private static Func<NetworkWeights, KernelPath, NetworkKernel> Float(float? constantTimespan) =>
        (weights, path) => NetworkKernel.Compile(weights, new KernelOptions { Path = path, ConstantTimespan = constantTimespan });

    private static Func<NetworkWeights, KernelPath, NetworkKernel> Fixed(KernelPrecision precision) =>
        (weights, path) => FixedPointKernel.Compile(weights, precision, null, new KernelOptions { Path = path });
}
