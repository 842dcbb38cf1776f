using LiquidControl.Neural;
using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;
using LiquidControl.Training;
using LiquidControl.Training.Rivals;

namespace LiquidControl.Replay;

/// <summary>A few training steps of every kind of network: vector kernels, gradients, Adam, and threads beside each other.</summary>
internal static class TrainingReplay
{
    private const int Features = 3;
    private const int Targets = 2;

    /// <summary>More than the sixteen sequences of one shard, so that shards are added up.</summary>
    private const int Sequences = 40;

    private const int Steps = 24;

    public static IEnumerable<ReplayCase> Cases { get; } =
    [
        .. from mode in Enum.GetValues<CfcMode>()
           select new ReplayCase("training", CfcNames.Name(mode), "all-activations", 1, () => Run(mode, 1)),
        New("wired", static () => new(new WiredCfcArchitecture { InputSize = Features, Wiring = new AutoNcpRecipe(10, Targets) })),
        New("ltc", static () => new(new LtcArchitecture { InputSize = Features, Wiring = new AutoNcpRecipe(10, Targets) })),
        New("memory", static () => new(Dense(CfcMode.Default, Activation.LecunTanh) with { Memory = MemoryCoupling.State })),
        New("gru", static () => new(new GruArchitecture { InputSize = Features, OutputSize = Targets, Units = 6 })),
        New("lstm", static () => new(new LstmArchitecture { InputSize = Features, OutputSize = Targets, Units = 6, ReadsTimespan = true })),
        New("mlp", static () => new(
            new WindowedMlpArchitecture { InputSize = Features, OutputSize = Targets, Window = 4, HiddenUnits = 8 })),
    ];

    private static ReplayCase New(string kind, Func<NetworkParameters> network) =>
        new("training", kind, "rmsprop", 1, () => Run(network(), 1));

    private static ulong Run(CfcMode mode, ulong seed)
    {
        SequenceSet data = Data(seed);
        StateHash hash = new();
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            TrainingOptions options = new()
            {
                Epochs = 2,
                BatchSize = 32,
                ChunkSteps = 16,
                WarmUpBatches = 2,
                ChatterPenalty = 0.01f,
                Threads = 2,
                Seed = seed,
            };
            hash.Add(NetworkTrainer.TrainParameters(data, new NetworkParameters(Dense(mode, activation)), options));
        }

        return hash.Value;
    }

    private static ulong Run(NetworkParameters network, ulong seed)
    {
        TrainingOptions options = new()
        {
            Optimiser = OptimiserKind.RmsProp,
            RateDecayPerEpoch = 0.9,
            SquarePenalty = 1e-4,
            TensorNormLimit = 1.0,
            Dropout = 0.2,
            Loss = LossKind.BinaryCrossEntropy,
            PackByLength = true,
            Epochs = 2,
            BatchSize = 32,
            ChunkSteps = 16,
            Threads = 2,
            Seed = seed,
        };
        StateHash hash = new();
        hash.Add(NetworkTrainer.TrainParameters(Data(seed), network, options));
        return hash.Value;
    }

    private static CfcArchitecture Dense(CfcMode mode, Activation activation) => new()
    {
        InputSize = Features,
        Units = 6,
        Mode = mode,
        Activation = activation,
        BackboneUnits = 10,
        ProjectionSize = Targets,
    };

    private static SequenceSet Data(ulong seed)
    {
        RandomStream random = new(seed);
        SequenceSet data = new(
            [.. Enumerable.Range(1, Features).Select(i => new Signal($"feature_{i}", "1"))],
            [.. Enumerable.Range(1, Targets).Select(i => new Signal($"target_{i}", "1"))]);
        for (int i = 0; i < Sequences; i++)
        {
            float[] timespans = [.. Enumerable.Range(0, Steps).Select(_ => (float)random.Uniform(0.002, 0.008))];
            data.Add(new TrainingSequence(Normals(Steps * Features), Normals(Steps * Targets), timespans));
        }

        return data;

        float[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.Normal())];
    }
}
