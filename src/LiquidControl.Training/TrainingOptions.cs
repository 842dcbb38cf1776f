namespace LiquidControl.Training;

/// <summary>How to train. The defaults are the recipe of the arm's residual policy.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the data.</summary>
    public int Epochs { get; init; } = 8;

    /// <summary>Sequences per batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Steps after which backpropagation is cut and the parameters move; the state is carried on.</summary>
    public int ChunkSteps { get; init; } = 100;

    /// <summary>
    /// The longest part of a chunk that is kept in memory whole, rounded up to whole blocks of 32 steps; null: all of it. A chunk of more
    /// than one part keeps states at their borders only and takes about two and a half times as long; it gives the same bits.
    /// </summary>
    public int? SegmentSteps { get; init; }

    public OptimiserKind Optimiser { get; init; } = OptimiserKind.Adam;

    /// <summary>The optimiser's highest step size.</summary>
    public double LearningRate { get; init; } = 5e-3;

    /// <summary>Batches over which the learning rate rises to its highest.</summary>
    public int WarmUpBatches { get; init; } = 20;

    /// <summary>
    /// The learning rate falls by this factor every epoch, a little with every batch; null: along half a cosine to the end.
    /// </summary>
    public double? RateDecayPerEpoch { get; init; }

    /// <summary>Decay decoupled from the loss: every step takes this part, times the learning rate, of the weights (AdamW).</summary>
    public double WeightDecay { get; init; }

    /// <summary>Decay through the loss: this times the sum of the squared weights is added to it.</summary>
    public double SquarePenalty { get; init; }

    /// <summary>Which tensors the two decays pull; those of the cell's linear maps if nothing else is chosen.</summary>
    public Func<ParameterTensor, bool> Decays { get; init; } = static tensor => tensor.IsKernel;

    /// <summary>
    /// The share of the units of each backbone layer that training leaves out at every step; a network without a backbone keeps all.
    /// </summary>
    public double Dropout { get; init; }

    public LossKind Loss { get; init; } = LossKind.Huber;

    /// <summary>What the closed-loop loss takes law and observer to be.</summary>
    public LoopResponse? Loop { get; init; }

    /// <summary>Where the Huber loss turns linear, in units of the output scale.</summary>
    public float HuberBeta { get; init; } = 0.5f;

    /// <summary>Weight of the squared change of the error between consecutive steps of a chunk; 0 for none.</summary>
    public float ChatterPenalty { get; init; }

    /// <summary>The gradient is scaled down to this Euclidean norm when it is longer.</summary>
    public double GradientNormLimit { get; init; } = 1.0;

    /// <summary>
    /// Before that, the gradient of each tensor is scaled down to this Euclidean norm when it is longer (Keras: clipnorm).
    /// </summary>
    public double TensorNormLimit { get; init; } = double.PositiveInfinity;

    /// <summary>The weight of each output in the loss; null for 1.</summary>
    public float[]? OutputWeights { get; init; }

    /// <summary>The elapsed time that the network sees as 1, in seconds.</summary>
    public double TimespanUnit { get; init; } = 0.005;

    /// <summary>
    /// How features and targets are scaled; null: by their mean and spread in the data, or as a model to go on from has them.
    /// </summary>
    public Normalisation? Normalisation { get; init; }

    /// <summary>
    /// Whether the sequences of a batch are sorted by length before sixteen at a time share a tape, so that hardly a step is run for
    /// nothing where lengths differ. The order of summation, and with it the bits of the result, depend on it.
    /// </summary>
    public bool PackByLength { get; init; }

    /// <summary>The rule by which the seed draws first parameters.</summary>
    public StartRule Start { get; init; } = StartRule.Torch;

    /// <summary>
    /// Data whose loss is measured after every epoch and not learned from, over the same features and targets. With it, the training ends
    /// with the parameters of the epoch that was best on it, the first of equals; null: with the last epoch's.
    /// </summary>
    public SequenceSet? Validation { get; init; }

    /// <summary>The training ends early after this many epochs in a row without a better validation loss; null: never.</summary>
    public int? Patience { get; init; }

    /// <summary>A figure of the parameters after every epoch, kept with the losses; it steers nothing.</summary>
    public Func<NetworkParameters, float[], double>? Score { get; init; }

    /// <summary>How to survive a sudden end; null: not at all.</summary>
    public CheckpointPlan? Checkpoint { get; init; }

    /// <summary>Threads; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Seed of the initial parameters and of the shuffling.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The command that reproduces this training, kept with the model.</summary>
    public string Command { get; init; } = "";

    /// <exception cref="ArgumentException">An option is out of range or does not fit the data.</exception>
    internal void Check(SequenceSet data)
    {
        Require(Epochs >= 1, nameof(Epochs), Epochs, "at least 1");
        Require(BatchSize >= 1, nameof(BatchSize), BatchSize, "at least 1");
        Require(ChunkSteps >= 1, nameof(ChunkSteps), ChunkSteps, "at least 1");
        Require(SegmentSteps is null or >= 1, nameof(SegmentSteps), SegmentSteps!, "at least 1");
        Require(LearningRate > 0.0, nameof(LearningRate), LearningRate, "a positive number");
        Require(WarmUpBatches >= 0, nameof(WarmUpBatches), WarmUpBatches, "0 or more");
        Require(RateDecayPerEpoch is null or (> 0.0 and <= 1.0), nameof(RateDecayPerEpoch), RateDecayPerEpoch!, "above 0, at most 1");
        Require(WeightDecay >= 0.0, nameof(WeightDecay), WeightDecay, "0 or more");
        Require(SquarePenalty >= 0.0, nameof(SquarePenalty), SquarePenalty, "0 or more");
        Require(Dropout is >= 0.0 and < 1.0, nameof(Dropout), Dropout, "0 or more and below 1");
        Require(Loss != LossKind.ClosedLoop || Loop is not null, nameof(Loop), "nothing", "the response of law and observer for this loss");
        Require(HuberBeta > 0f, nameof(HuberBeta), HuberBeta, "a positive number");
        Require(ChatterPenalty >= 0f, nameof(ChatterPenalty), ChatterPenalty, "0 or more");
        Require(GradientNormLimit > 0.0, nameof(GradientNormLimit), GradientNormLimit, "a positive number");
        Require(TensorNormLimit > 0.0, nameof(TensorNormLimit), TensorNormLimit, "a positive number");
        Require(TimespanUnit > 0.0, nameof(TimespanUnit), TimespanUnit, "a positive number of seconds");
        Require(Patience is null or >= 1, nameof(Patience), Patience!, "at least 1");
        Require(Patience is null || Validation is not null, nameof(Patience), Patience!, "none without validation data");
        TimeSpan? interval = Checkpoint?.Interval;
        Require(interval is null || interval > TimeSpan.Zero, "checkpoint interval", interval!, "a time above zero");
        Require(Threads >= 1, nameof(Threads), Threads, "at least 1");
        if (Validation is SequenceSet validation)
        {
            Require(validation.Features.SequenceEqual(data.Features), nameof(Validation), "of other features", "those of the data");
            Require(validation.Targets.SequenceEqual(data.Targets), nameof(Validation), "of other targets", "those of the data");
            bool counts = validation.Sequences.Any(static s => s.Weights is null || s.Weights.Any(static w => w > 0f));
            Require(counts, nameof(Validation), "without a step of positive weight", "at least one");
        }

        if (OutputWeights is float[] weights)
        {
            int targets = data.Targets.Count;
            bool usable = weights.All(static w => w >= 0f) && weights.Any(static w => w > 0f);
            Require(weights.Length == targets, nameof(OutputWeights), weights.Length, $"{targets} weights, one per target");
            Require(usable, nameof(OutputWeights), string.Join(' ', weights), "weights of 0 or more, not all 0");
        }
    }

    private static void Require(bool met, string option, object found, string expected)
    {
        if (!met)
            throw new ArgumentException($"Training option {option} is {found}; expected {expected}.");
    }
}
