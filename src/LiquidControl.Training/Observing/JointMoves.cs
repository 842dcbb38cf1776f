using LiquidControl.Control;
using LiquidControl.Numerics;
using LiquidControl.Simulation;
using LiquidControl.Training.Arm;

namespace LiquidControl.Training.Observing;

/// <summary>
/// Seeded moves of the simulated arm under ct-eso, with payload, friction and masses drawn from the seed. The wrist is held, so that the rate
/// of the tool about the base joint's axis is that joint's; the shoulder and the elbow move and shake it.
/// </summary>
public static class JointMoves
{
    /// <summary>The base joint: gravity does not load it.</summary>
    public const int Joint = 0;

    /// <summary>The plant's step is the period of control and of the recording, Hz.</summary>
    private const double Rate = 1000.0;

    private const int FirstWristJoint = 3;

    private const int MostTrials = 10_000;

    private const ulong MoveStream = 1;

    private static readonly Scenario Plants = Scenario.Perturbed with { Name = "observer", PeriodJitter = 0.0, DropProbability = 0.0 };

    /// <summary>Why an arm cannot be observed here, null when it can.</summary>
    public static string? Problem(ArmDescription arm) => arm.JointCount > FirstWristJoint && arm.Currents.Length > Joint
        ? null
        : $"found {arm.Name} with {arm.JointCount} joints and {arm.Currents.Length} current sensors, expected more than " +
            $"{FirstWristJoint} joints and a current sensor at the first. Choose an arm that measures its motors' currents, as ar4-dc.";

    /// <summary>The sensors of the base joint.</summary>
    public static JointSensors SensorsOf(ArmDescription arm) => new(arm.Encoders[Joint], arm.Currents[Joint]);

    /// <summary>The motion of the base joint in each move.</summary>
    /// <param name="test">The arm.</param>
    /// <param name="options">How many moves, and their seed.</param>
    /// <param name="progress">Told the share that is done; from several threads.</param>
    /// <param name="cancellation">Stops within a move.</param>
    /// <exception cref="ArgumentException">The arm has a <see cref="Problem"/>.</exception>
    public static JointMotion[] Record(
        ArmUnderTest test, ObserverOptions options, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (Problem(test.Described) is string problem)
            throw new ArgumentException(problem);
        RandomStream random = new RandomStream(options.Seed).Fork(MoveStream);
        ulong[] seeds = [.. Enumerable.Range(0, options.Moves).Select(_ => random.NextUInt64())];
        var motions = new JointMotion[seeds.Length];
        int done = 0;
        ParallelOptions parallel = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = options.Threads };
        Parallel.For(0, seeds.Length, parallel, i =>
        {
            motions[i] = Record(test, seeds[i], cancellation);
            progress?.Invoke((double)Interlocked.Increment(ref done) / seeds.Length);
        });
        return motions;
    }

    private static JointMotion Record(ArmUnderTest test, ulong seed, CancellationToken cancellation)
    {
        ArmDescription truth = test.Described with { Rate = Rate };
        SimulatedArm arm = SimulatedArm.ForEpisode(truth, Plants, seed, test.NewElectronics(), Rate);
        ControllerSettings settings = test.Settings with { ActuationDelayCycles = Plants.DelayCycles };
        ControlCycle cycle = new(
            ModelError.Evaluation.Apply(truth), settings, ControllerKind.CtEso, arm.Hardware, arm.Clock, policy: null, ringCapacity: 1);
        PosePair pair = PairWithWristHeld(truth, new EpisodeStreams(seed).Pair);
        JointMotionRecorder recorder = new(arm.Plant, Joint, 1.0 / Rate);
        new MotionRun(arm, cycle).Run(pair.Start, pair.Goal, recorder, cancellation);
        return recorder.ToMotion();
    }

    private static PosePair PairWithWristHeld(ArmDescription arm, RandomStream stream)
    {
        PosePairs pairs = new(arm, stream);
        for (int trial = 0; trial < MostTrials; trial++)
        {
            PosePair drawn = pairs.Next();
            double[] goal = [.. drawn.Goal[..FirstWristJoint], .. drawn.Start[FirstWristJoint..]];
            if (pairs.IsValid(drawn.Start, goal))
                return drawn with { Goal = goal };
        }

        throw new InvalidOperationException($"Arm '{arm.Name}': none of {MostTrials} random moves is free with the wrist held.");
    }
}
