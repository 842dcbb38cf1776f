using LiquidControl.Control;

namespace LiquidControl.Training.Arm;

/// <summary>How much data and how many passes; the defaults made the shipped policy.</summary>
public sealed record ArmPolicyRecipe
{
    /// <summary>The recipe of the shipped network of a role.</summary>
    public static ArmPolicyRecipe Of(PolicyRole role)
    {
        var residual = new ArmPolicyRecipe();
        return role == PolicyRole.Residual
            ? residual
            : residual with
            {
                Role = role,
                FirstEpisodes = 12288,
                FirstEpochs = 4,
                DaggerEpisodes = 6144,
                Options = residual.Options with { ChunkSteps = 100, ChatterPenalty = 1.5f },
            };
    }

    public PolicyRole Role { get; init; } = PolicyRole.Residual;

    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Episodes driven by the classical law before the first training. Many episodes and few epochs: each episode is one draw of payload,
    /// masses and friction, and a network that sees few of them often learns them by heart.
    /// </summary>
    public int FirstEpisodes { get; init; } = 4096;

    public int FirstEpochs { get; init; } = 6;

    /// <summary>Rounds in which the policy drives, its own states are labelled and training goes on (DAgger: Ross, Gordon, Bagnell 2011).</summary>
    public int DaggerRounds { get; init; } = 1;

    public int DaggerEpisodes { get; init; } = 2048;

    public int DaggerEpochs { get; init; } = 4;

    /// <summary>Of all rounds together.</summary>
    public int Episodes => FirstEpisodes + (DaggerRounds * DaggerEpisodes);

    /// <summary>The network, given the sizes of its input and its output.</summary>
    public Func<int, int, NetworkParameters> Network { get; init; } = ArmNetworks.Cfc64;

    /// <summary>
    /// A residual is judged by what its error does in the closed loop; a whole torque by Huber's loss, quadratic over most of the range, as
    /// heavy payloads must not count as outliers.
    /// </summary>
    public TrainingOptions Options { get; init; } = new()
    {
        BatchSize = 64,
        ChunkSteps = 200,
        LearningRate = 3e-3,
        HuberBeta = 2f,
    };

    /// <summary>Weight of a residual's error in the closed loop, and of the error itself, for the final position.</summary>
    public double LoopWeight { get; init; } = 10.0;

    public double ErrorWeight { get; init; } = 0.1;

    /// <summary>Weight of the error's change from step to step: the loop hardly shows chatter, the motors feel it.</summary>
    public double ChangeWeight { get; init; } = 2.0;

    /// <summary>The options of a stage over these data.</summary>
    internal TrainingOptions OptionsFor(ArmUnderTest test, Normalisation normalisation)
    {
        TrainingOptions options = Options with { Seed = Seed, Normalisation = normalisation };
        if (Role == PolicyRole.EndToEnd)
            return options;
        double[] moved = [.. ToolSensitivity.Of(test.Described).Zip(normalisation.OutputScale, static (tool, scale) => tool * scale)];
        double mean = moved.Average(static value => value * value);
        return options with
        {
            Loss = LossKind.ClosedLoop,
            Loop = new LoopResponse(test.Settings.ObserverBandwidth, test.Settings.TrackingBandwidth, LoopWeight, ErrorWeight, ChangeWeight),
            OutputWeights = Array.ConvertAll(moved, value => (float)Math.Max(value * value / mean, LeastWeight)),
        };
    }

    /// <summary>A joint that turns the tool without moving its centre point counts, too.</summary>
    private const double LeastWeight = 0.05;

    internal NetworkParameters NewNetwork(SequenceSet data) => Network(data.Features.Count, data.OutputCount);
}
