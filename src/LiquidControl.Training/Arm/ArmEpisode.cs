using LiquidControl.Control;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Arm;

/// <summary>
/// One move from A to B, wholly given by scenario, seed and rate: every controller meets the same pair, plant, noise, periods and drops.
/// </summary>
public sealed class ArmEpisode
{
    /// <param name="test">Arm and settings.</param>
    /// <param name="scenario">What the plant differs by.</param>
    /// <param name="modelError">How wrong the controller's model is.</param>
    /// <param name="seed">Seed of this episode.</param>
    /// <param name="rate">Control rate, Hz.</param>
    public ArmEpisode(ArmUnderTest test, Scenario scenario, ModelError modelError, ulong seed, double rate)
    {
        ArmDescription truth = test.Described with { Rate = rate };
        Believed = modelError.Apply(truth);
        Pair = new PosePairs(truth, new EpisodeStreams(seed).Pair).Next();
        Arm = SimulatedArm.ForEpisode(truth, scenario, seed, test.NewElectronics(), rate, test.Effects);

        // The delay is measured when a machine is commissioned; unlike masses and friction the controller knows it.
        Settings = test.Settings with { ActuationDelayCycles = scenario.DelayCycles };
    }

    public ArmDescription Believed { get; }

    public PosePair Pair { get; }

    public SimulatedArm Arm { get; }

    public ControllerSettings Settings { get; }

    /// <param name="kind">Which law drives.</param>
    /// <param name="policy">For the laws with a network.</param>
    /// <param name="observer">Looks on.</param>
    /// <param name="cancellation">Stops within a cycle.</param>
    /// <param name="holdAfter">How long the episode goes on after the planned arrival, s.</param>
    public MotionRunResult Run(
        ControllerKind kind, LiquidPolicy? policy, IMotionObserver observer, CancellationToken cancellation,
        double holdAfter = MotionRun.HoldAfter)
    {
        var cycle = new ControlCycle(Believed, Settings, kind, Arm.Hardware, Arm.Clock, policy, ringCapacity: 1);
        return new MotionRun(Arm, cycle, holdAfter).Run(Pair.Start, Pair.Goal, observer, cancellation);
    }
}
