using LiquidControl.Control;
using LiquidControl.Neural;

namespace LiquidControl.Training.Arm;

/// <summary>How much data and how many passes; the defaults made the shipped policy.</summary>
public sealed record ArmPolicyRecipe
{
    public PolicyRole Role { get; init; } = PolicyRole.Residual;

    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Episodes driven by the classical law before the first training. Many episodes and few epochs: each episode is one draw of payload,
    /// masses and friction, and a network that sees few of them often learns them by heart.
    /// </summary>
    public int FirstEpisodes { get; init; } = 12288;

    public int FirstEpochs { get; init; } = 4;

    /// <summary>Rounds in which the policy drives, its own states are labelled and training goes on (DAgger: Ross, Gordon, Bagnell 2011).</summary>
    public int DaggerRounds { get; init; } = 1;

    public int DaggerEpisodes { get; init; } = 6144;

    public int DaggerEpochs { get; init; } = 4;

    /// <summary>The network, given the sizes of its input and its output.</summary>
    public Func<int, int, NetworkParameters> Network { get; init; } = ArmNetworks.Cfc64;

    /// <summary>The Huber loss stays quadratic over most of the range: heavy payloads must not count as outliers.</summary>
    public TrainingOptions Options { get; init; } = new()
    {
        BatchSize = 64,
        LearningRate = 3e-3,
        ChatterPenalty = 1.5f,
        HuberBeta = 2f,
    };

    internal NetworkParameters NewNetwork(SequenceSet data) => Network(data.Features.Count, data.OutputCount);
}
