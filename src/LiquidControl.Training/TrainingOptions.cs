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

    /// <summary>Adam's highest step size.</summary>
    public double LearningRate { get; init; } = 5e-3;

    /// <summary>Batches over which the learning rate rises to its highest.</summary>
    public int WarmUpBatches { get; init; } = 20;

    /// <summary>Where the Huber loss turns linear, in units of the output scale.</summary>
    public float HuberBeta { get; init; } = 0.5f;

    /// <summary>Weight of the squared change of the error between consecutive steps of a chunk; 0 for none.</summary>
    public float ChatterPenalty { get; init; }

    /// <summary>The gradient is scaled down to this Euclidean norm when it is longer.</summary>
    public double GradientNormLimit { get; init; } = 1.0;

    /// <summary>The weight of each output in the loss; null for 1.</summary>
    public float[]? OutputWeights { get; init; }

    /// <summary>The elapsed time that the network sees as 1, in seconds.</summary>
    public double TimespanUnit { get; init; } = 0.005;

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
        Require(LearningRate > 0.0, nameof(LearningRate), LearningRate, "a positive number");
        Require(WarmUpBatches >= 0, nameof(WarmUpBatches), WarmUpBatches, "0 or more");
        Require(HuberBeta > 0f, nameof(HuberBeta), HuberBeta, "a positive number");
        Require(ChatterPenalty >= 0f, nameof(ChatterPenalty), ChatterPenalty, "0 or more");
        Require(GradientNormLimit > 0.0, nameof(GradientNormLimit), GradientNormLimit, "a positive number");
        Require(TimespanUnit > 0.0, nameof(TimespanUnit), TimespanUnit, "a positive number of seconds");
        Require(Threads >= 1, nameof(Threads), Threads, "at least 1");
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
