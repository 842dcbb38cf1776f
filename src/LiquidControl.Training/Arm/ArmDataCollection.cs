using LiquidControl.Control;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Arm;

/// <summary>Episodes of the training scenario as sequences to learn from.</summary>
public static class ArmDataCollection
{
    /// <summary>Wider than any scenario the policy is judged in, so that those lie inside what it has seen.</summary>
    public static Scenario Training { get; } = Scenario.Perturbed with
    {
        Name = "training",
        PayloadMin = 0.0,
        PayloadMax = 0.6,
        PayloadOffset = 0.025,
        FrictionSpread = 0.4,
        MassSpread = 0.12,
        DropProbability = 0.15,
    };

    /// <summary>
    /// The same on an arm with effects that no parameter explains, if the arm has such figures. Most episodes are such; the others keep
    /// the policy from seeing such effects where there are none.
    /// </summary>
    private static readonly Scenario Unmodelled = Training with { Name = "training, unmodelled", EffectsMin = 0.0, EffectsMax = 1.5 };

    /// <summary>Of so many episodes all but one are on such an arm.</summary>
    private const int UnmodelledOf = 4;

    /// <summary>One episode in this many has a controller with a right model: a policy must also do no harm.</summary>
    private const int RightModelEvery = 5;

    /// <summary>Control rates in turn, Hz: the evaluation's and a real loop's; the network sees the time between its steps.</summary>
    private static readonly double[] Rates = [200.0, 200.0, 500.0];

    /// <summary>An empty set over the arm's features and the role's outputs.</summary>
    public static SequenceSet NewSet(ArmDescription arm, ControllerSettings settings, PolicyRole role)
    {
        var features = new PolicyFeatures(arm, role == PolicyRole.Residual ? new RegressorIdentifier(arm, settings) : null);
        var basis = new ResidualBasis(arm);
        return new SequenceSet(
            [.. features.Names.Zip(features.Units, (name, unit) => new Signal(name, unit))],
            [.. LiquidPolicy.OutputNames(role, arm.JointCount).Select(name => new Signal(name, "N*m"))],
            role == PolicyRole.EndToEnd
                ? null
                : new OutputBasis(
                    [.. basis.Names.Zip(basis.Units, (name, unit) => new Signal(name, unit))],
                    [.. basis.Scales.Select(scale => (float)scale)], basis.Entries));
    }

    /// <summary>Adds one sequence per seed, driven by the controller, in the order of the seeds.</summary>
    public static void Collect(
        SequenceSet set, ArmUnderTest test, ControllerEntry driver, PolicyRole role, ulong[] seeds, Action? episodeDone = null,
        CancellationToken cancellation = default)
    {
        var sequences = new TrainingSequence[seeds.Length];
        Parallel.For(0, seeds.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            ModelError error = i % RightModelEvery == 0 ? ModelError.None : ModelError.Evaluation;
            bool hasEffects = test.Effects is not null && role == PolicyRole.Residual && i % UnmodelledOf != 0;
            Scenario scenario = hasEffects ? Unmodelled : Training;
            var episode = new ArmEpisode(test, scenario, error, seeds[i], Rates[i % Rates.Length]);
            var recorder = new PolicyRecorder(role, episode);
            episode.Run(driver.Kind, driver.NewPolicy?.Invoke(episode.Believed, episode.Settings), recorder, cancellation);
            sequences[i] = recorder.ToSequence();
            episodeDone?.Invoke();
        });
        foreach (TrainingSequence sequence in sequences)
            set.Add(sequence);
    }
}
