using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;
using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;

namespace LiquidControl.Replay;

/// <summary>Compiled kernels of random networks of every kind: one hash a precision, which each path that the machine has must give.</summary>
internal static class KernelReplay
{
    /// <summary>Over all networks of a case.</summary>
    private const int Steps = 100_000;

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

    public static IEnumerable<ReplayCase> Cases { get; } =
    [
        new("kernel", "float", "every-path", Seed, () => OnEveryPath([.. Dense, .. Wired, .. Remembering, .. Solving], Float)),
        new("kernel", "float-constant-timespan", "every-path", Seed, () => OnEveryPath([.. Dense, .. Wired, .. Remembering], ConstantTimespan)),
        new("kernel", "int32", "every-path", Seed, () => OnEveryPath([.. Dense, .. Wired, .. Remembering], Fixed32)),
        new("kernel", "int16", "every-path", Seed, () => OnEveryPath([.. Dense, .. Wired, .. Remembering], Fixed16)),
    ];

    private static ulong OnEveryPath(NetworkArchitecture[] networks, Func<NetworkWeights, KernelPath, NetworkKernel> compile)
    {
        ulong scalar = Run(networks, compile, KernelPath.Scalar);
        foreach (KernelPath path in Enum.GetValues<KernelPath>().Where(KernelPaths.IsSupported))
        {
            ulong hash = Run(networks, compile, path);
            if (hash != scalar) throw new InvalidOperationException($"{path} gives {hash:x16}, Scalar {scalar:x16}.");
        }

        return scalar;
    }

    private static ulong Run(NetworkArchitecture[] networks, Func<NetworkWeights, KernelPath, NetworkKernel> compile, KernelPath path)
    {
        StateHash hash = new();
        RandomStream random = new(Seed);
        foreach (NetworkArchitecture architecture in networks)
        {
            NetworkKernel kernel = compile(RandomNetwork.Weights(architecture, Seed), path);
            KernelState state = kernel.CreateState();
            float[] input = new float[kernel.InputSize], output = new float[kernel.OutputSize], numbers = new float[kernel.StateSize];
            for (int step = 0; step < Steps / networks.Length + 1; step++)
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

    private static NetworkKernel Float(NetworkWeights weights, KernelPath path) =>
        NetworkKernel.Compile(weights, new KernelOptions { Path = path });

    private static NetworkKernel ConstantTimespan(NetworkWeights weights, KernelPath path) =>
        NetworkKernel.Compile(weights, new KernelOptions { Path = path, ConstantTimespan = 0.4f });

    private static NetworkKernel Fixed32(NetworkWeights weights, KernelPath path) =>
        FixedPointKernel.Compile(weights, KernelPrecision.Fixed32, null, new KernelOptions { Path = path });

    private static NetworkKernel Fixed16(NetworkWeights weights, KernelPath path) =>
        FixedPointKernel.Compile(weights, KernelPrecision.Fixed16, null, new KernelOptions { Path = path });
}
