using System.Diagnostics;
using LiquidControl.Numerics;

namespace LiquidControl.Training.Observing;

/// <summary>
/// What explicit time is worth: velocity and position of the base joint of a moving arm, asked for at random times, from samples of encoder,
/// gyro and motor current that come when they come. Networks that are told the time in different ways, or not at all, and a Kalman filter
/// learn from the same irregular streams and are judged on other moves, sampled in that way and in ways not seen in training.
/// </summary>
public sealed class ObserverExperiment
{
    /// <summary>The Kalman filter's name in tables.</summary>
    public const string KalmanFilter = "kalman filter";

    private const ulong TrainingStream = 2;
    private const ulong TestStream = 3;

    private readonly ObserverOptions _options;
    private readonly JointSensors _sensors;
    private readonly JointMotion[] _trainingMotions;
    private readonly SampleStream[] _training;
    private readonly ObserverSequences _sequences;
    private readonly SampleStream[][] _tests;

    /// <summary>Samples the moves.</summary>
    /// <param name="sensors">Of the joint.</param>
    /// <param name="motions">What is trained and tuned on, then what is judged by.</param>
    /// <param name="options">How many of what.</param>
    /// <exception cref="ArgumentException">Other than the options' number of motions.</exception>
    public ObserverExperiment(JointSensors sensors, JointMotion[] motions, ObserverOptions options)
    {
        if (motions.Length != options.Moves)
            throw new ArgumentException($"There are {motions.Length} motions; expected {options.Moves}.", nameof(motions));
        _options = options;
        _sensors = sensors;
        _trainingMotions = motions[..options.TrainingMoves];
        RandomStream root = new(options.Seed);
        _training = Sample(SamplingRegime.Irregular, _trainingMotions, root.Fork(TrainingStream));
        _tests =
        [
            .. SamplingRegime.All.Select(regime => Sample(regime, motions[options.TrainingMoves..], root.Fork(TestStream))),
        ];
        _sequences = new ObserverSequences(_training);
    }

    /// <summary>Root mean square of the velocity over the training's events, mrad/s: what an estimate of 0 misses.</summary>
    public double VelocityScale => 1e3 * _sequences.TargetScales[0];

    /// <summary>Root mean square of the angle since the last encoder reading, mrad: what holding that reading misses.</summary>
    public double DisplacementScale => 1e3 * _sequences.TargetScales[1];

    /// <summary>Tunes the Kalman filter and judges it.</summary>
    public ObserverRow RunKalmanFilter()
    {
        Stopwatch clock = Stopwatch.StartNew();
        JointModel model = JointModelTuning.Tune(_sensors, _trainingMotions, _training, _sequences.TargetScales, _options.Threads);
        double seconds = clock.Elapsed.TotalSeconds;
        EstimateError[] errors =
        [
            .. _tests.Select(streams => EstimateError.Of(streams, JointModelTuning.Run(model, streams, _options.Threads))),
        ];
        // Nothing is drawn in a tuning: tunings have no spread.
        return new ObserverRow(KalmanFilter, JointModelTuning.Parameters, seconds, Summary([errors, errors]));
    }

    /// <summary>Trains a network with every seed and judges it.</summary>
    /// <param name="network">Which.</param>
    /// <param name="progress">Told the share that is done, after every batch.</param>
    /// <param name="cancellation">Stops within one chunk.</param>
    /// <exception cref="InvalidOperationException">A training ran away.</exception>
    public ObserverRow Run(ObserverNetwork network, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        SequenceSet data = _sequences.For(network, _training);
        SequenceSet[] tests = [.. _tests.Select(streams => _sequences.For(network, streams))];
        NetworkParameters parameters = network.NewParameters(data.Features.Count);
        List<EstimateError[]> errors = [];
        Stopwatch clock = new();
        for (int seed = 1; seed <= _options.TrainingSeeds; seed++)
        {
            clock.Start();
            TrainingResult trained = NetworkTrainer.Train(
                data, parameters, OptionsFor(network, (ulong)seed),
                step => progress?.Invoke((seed - 1 + ((double)step.Batch / step.Batches)) / _options.TrainingSeeds), cancellation);
            clock.Stop();
            cancellation.ThrowIfCancellationRequested();
            if (trained.Outcome == TrainingOutcome.Diverged)
                throw new InvalidOperationException($"{network.Name}, seed {seed}: {trained.Message}");
            errors.Add([.. tests.Select((set, i) => Judge(trained, set, _tests[i]))]);
        }

        return new ObserverRow(network.Name, parameters.Count, clock.Elapsed.TotalSeconds / _options.TrainingSeeds, Summary(errors));
    }

    private EstimateError Judge(TrainingResult trained, SequenceSet set, SampleStream[] streams)
    {
        float[][] outputs = NetworkOutputs.Of(trained, set, _options.Threads);
        return EstimateError.Of(streams, [.. streams.Select((stream, i) => ObserverSequences.Estimates(stream, outputs[i]))]);
    }

    private TrainingOptions OptionsFor(ObserverNetwork network, ulong seed) => new()
    {
        Epochs = _options.Epochs,
        BatchSize = 32,
        ChunkSteps = 128,
        Loss = LossKind.MeanSquaredError,
        TimespanUnit = _sequences.Interval,
        Normalisation = _sequences.NormalisationFor(network),
        PackByLength = true,
        Threads = _options.Threads,
        Seed = seed,
    };

    private SampleStream[] Sample(SamplingRegime regime, JointMotion[] motions, RandomStream seeds)
    {
        AsynchronousSampler sampler = new(_sensors, regime);
        return Array.ConvertAll(motions, motion => sampler.Sample(motion, seeds.NextUInt64()));
    }

    private static ObserverError[] Summary(List<EstimateError[]> errors) =>
    [
        .. SamplingRegime.All.Select((regime, i) => new ObserverError(
            regime.Name,
            MeanSpread.Of([.. errors.Select(error => 1e3 * error[i].Velocity)]),
            MeanSpread.Of([.. errors.Select(error => 1e3 * error[i].Position)]))),
    ];
}
