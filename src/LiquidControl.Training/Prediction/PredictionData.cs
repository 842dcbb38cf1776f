using LiquidControl.Control;
using LiquidControl.Numerics;
using LiquidControl.Simulation;
using LiquidControl.Training.Arm;

namespace LiquidControl.Training.Prediction;

/// <summary>Moves of the training scenario, driven by ct-eso, as questions about the state to come and their answers.</summary>
public static class PredictionData
{
    private const ulong QueryStream = 101;

    /// <summary>An episode goes on this long after arrival, s: standing, too, has to be predicted.</summary>
    private const double HoldAfter = 0.7;

    /// <summary>An empty set over an arm's features and states.</summary>
    public static SequenceSet NewSet(int jointCount)
    {
        var features = new PredictionFeatures(jointCount);
        string[] outputs = JointStatePredictor.OutputNames(jointCount);
        return new SequenceSet(
            [.. features.Names.Zip(features.Units, (name, unit) => new Signal(name, unit))],
            [.. outputs.Select((name, i) => new Signal(name, i < jointCount ? "rad" : "rad/s"))]);
    }

    /// <summary>Adds the questions of one episode per seed, in the order of the seeds.</summary>
    public static void Collect(
        SequenceSet set, ArmUnderTest test, ulong[] seeds, Action? episodeDone = null, CancellationToken cancellation = default)
    {
        var questions = new TrainingSequence[seeds.Length][];
        Parallel.For(0, seeds.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var episode = new ArmEpisode(test, ArmDataCollection.Training, ModelError.Evaluation, seeds[i], ArmEvaluation.Rate);
            var recorder = new PredictionRecorder(
                test.Described.JointCount, test.Settings.TrackingBandwidth, new RandomStream(seeds[i]).Fork(QueryStream));
            MotionRunResult run = episode.Run(ControllerKind.CtEso, null, recorder, cancellation, HoldAfter);

            // A fault ends the plan; that it will come is nothing to be learned from.
            questions[i] = run.FinalState == ControlState.Active ? [.. recorder.ToSequences()] : [];
            episodeDone?.Invoke();
        });
        foreach (TrainingSequence question in questions.SelectMany(static episode => episode))
            set.Add(question);
    }
}
