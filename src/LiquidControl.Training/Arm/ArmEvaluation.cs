using LiquidControl.Numerics;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Arm;

/// <summary>Runs controllers over the same seeded episodes of a scenario. Episodes run in parallel; the results do not depend on it.</summary>
public static class ArmEvaluation
{
    /// <summary>Control rate of an evaluation, Hz, over a plant stepped at 1 ms.</summary>
    public const double Rate = 200.0;

    /// <summary>The seed of each episode, all from the run's.</summary>
    public static ulong[] EpisodeSeeds(ulong seed, int episodes)
    {
        var stream = new RandomStream(seed);
        var seeds = new ulong[episodes];
        for (int i = 0; i < episodes; i++)
            seeds[i] = stream.NextUInt64();
        return seeds;
    }

    /// <summary>How wrong the controller's model is in a scenario: right in the nominal one, else masses +20 %, friction -20 %.</summary>
    public static ModelError ModelErrorOf(Scenario scenario) => scenario == Scenario.Nominal ? ModelError.None : ModelError.Evaluation;

    /// <summary>All episodes of one controller, in order of their seeds.</summary>
    public static EpisodeResult[] Run(
        ArmUnderTest test, ControllerEntry controller, Scenario scenario, ulong[] seeds, Action? episodeDone = null,
        CancellationToken cancellation = default)
    {
        var results = new EpisodeResult[seeds.Length];
        Parallel.For(0, seeds.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var episode = new ArmEpisode(test, scenario, ModelErrorOf(scenario), seeds[i], Rate);
            var judge = new MotionJudge(test.Described, episode.Pair.Start, episode.Pair.Goal);
            episode.Run(controller.Kind, controller.NewPolicy?.Invoke(episode.Believed, episode.Settings), judge, cancellation);
            results[i] = judge.Finish();
            episodeDone?.Invoke();
        });
        return results;
    }
}
