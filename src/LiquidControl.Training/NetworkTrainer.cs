using System.Diagnostics;
using LiquidControl.Neural;
using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>
/// Trains a network by truncated backpropagation through time. The same data, options and start give the same bits on every
/// machine, whatever the number of threads.
/// </summary>
public sealed class NetworkTrainer
{
    private const ulong InitialisationStream = 1;
    private const ulong ShuffleStream = 2;

    /// <summary>An epoch this many times worse than the best one has run away.</summary>
    private const double DivergenceFactor = 10.0;

    private readonly SequenceSet _data;
    private readonly TrainingOptions _options;
    private readonly NetworkParameters _network;
    private readonly Normalisation _normalisation;
    private readonly BatchGradient _batches;
    private readonly Optimiser _optimiser;
    private readonly LearningRateSchedule _schedule;
    private readonly WeightDecay _decay;
    private readonly RandomStream _shuffle;
    private readonly int[] _order;
    private readonly int _batchesPerEpoch;
    private readonly double _timespanUnit;
    private readonly float[] _parameters;
    private readonly float[] _lastGood;
    private readonly List<double> _epochLosses = [];
    private readonly Action<TrainingProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private double _weightDone;
    private int _batchesDone;

    private NetworkTrainer(
        SequenceSet data, NetworkParameters network, Model? start, TrainingOptions options, Action<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        options.Check(data);
        Require("features", "inputs", data.Features.Count, network.InputSize);
        Require("targets", "outputs", data.Targets.Count, network.OutputSize);
        _data = data;
        _options = options;
        _progress = progress;
        _cancellation = cancellation;
        _network = network;
        _normalisation = NormalisationOf(data, start, options);
        _timespanUnit = start?.Metadata.TimespanScale ?? options.TimespanUnit;
        _parameters = start is null
            ? network.Draw(new RandomStream(options.Seed).Fork(InitialisationStream))
            : network.Flatten(start.Weights);
        _lastGood = [.. _parameters];
        _batches = new BatchGradient(data, _normalisation, _network, options with { TimespanUnit = _timespanUnit }, cancellation);
        _optimiser = Optimiser.New(options.Optimiser, network.Count);
        _decay = new WeightDecay([.. network.Tensors.Where(options.Decays)]);
        _batchesPerEpoch = (data.Sequences.Count + options.BatchSize - 1) / options.BatchSize;
        _schedule = LearningRateSchedule.Of(options, _batchesPerEpoch);
        _shuffle = new RandomStream(options.Seed).Fork(ShuffleStream);
        _order = [.. Enumerable.Range(0, data.Sequences.Count)];
    }

    /// <summary>
    /// Trains a network on the data, from first parameters that the seed draws.
    /// </summary>
    /// <param name="data">What to learn from.</param>
    /// <param name="network">What to train, over the data's features and targets.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after every batch, on the calling thread.</param>
    /// <param name="cancellation">Stops within one chunk; the result is kept.</param>
    /// <exception cref="ArgumentException">
    /// Data without a weighted step, an option out of range, or a network of other sizes than the data's.
    /// </exception>
    public static TrainingResult Train(
        SequenceSet data, NetworkParameters network, TrainingOptions options, Action<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        NetworkTrainer trainer = new(data, network, null, options, progress, cancellation);
        return trainer.Result(trainer.Run());
    }

    /// <summary>Goes on from a model over the same features and targets, with its normalisation and its unit of time.</summary>
    /// <param name="data">What to learn from.</param>
    /// <param name="start">The model.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after every batch, on the calling thread.</param>
    /// <param name="cancellation">Stops within one chunk; the result is kept.</param>
    /// <exception cref="ArgumentException">
    /// Data without a weighted step, an option out of range, or a model of other features or targets.
    /// </exception>
    public static TrainingResult GoOn(
        SequenceSet data, Model start, TrainingOptions options, Action<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        NetworkTrainer trainer = new(data, new NetworkParameters(start.Weights), start, options, progress, cancellation);
        return trainer.Result(trainer.Run());
    }

    /// <summary>
    /// The parameters a training ends with, in the order of <see cref="NetworkParameters"/>, without the model's description: its data hash
    /// is the platform's SHA-256, which ends the process where OpenSSL is missing.
    /// </summary>
    internal static float[] TrainParameters(SequenceSet data, NetworkParameters network, TrainingOptions options) =>
        new NetworkTrainer(data, network, null, options, null, default).Run().Parameters;

    private static void Require(string signals, string sizes, int data, int network)
    {
        if (data != network)
            throw new ArgumentException($"The network has {network} {sizes}, the data {data} {signals}; make a network for this data.");
    }

    private Ending Run()
    {
        for (int epoch = 1; epoch <= _options.Epochs; epoch++)
        {
            try
            {
                if (RunEpoch(epoch) is string failure)
                    return new Ending(TrainingOutcome.Diverged, _lastGood, failure);
            }
            catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
            {
                return new Ending(TrainingOutcome.Cancelled, _parameters, $"Stopped on request in epoch {epoch} of {_options.Epochs}.");
            }

            if (_epochLosses[^1] <= _epochLosses.Min())
                _parameters.CopyTo(_lastGood, 0);
        }

        return new Ending(TrainingOutcome.Completed, _parameters, $"{_options.Epochs} epochs, loss {_epochLosses[^1]:g4}.");
    }

    /// <summary>Runs one epoch and returns why it ran away, or null.</summary>
    private string? RunEpoch(int epoch)
    {
        Shuffle();
        double loss = 0.0;
        double weight = 0.0;
        for (int first = 0; first < _order.Length; first += _options.BatchSize)
        {
            double learningRate = _schedule.At(_batchesDone);
            _batches.Begin(_order.AsSpan(first, Math.Min(_options.BatchSize, _order.Length - first)), _batchesDone);
            while (_batches.Next(_parameters))
            {
                if (_batches.Weight == 0.0)
                    continue;
                double penalty = _options.SquarePenalty > 0.0
                    ? _decay.AddPenalty(_parameters, _batches.Gradient, _options.SquarePenalty)
                    : 0.0;
                GradientClipping.ClipEach(_batches.Gradient, _network.Tensors, _options.TensorNormLimit);
                double norm = GradientClipping.Clip(_batches.Gradient, _options.GradientNormLimit);
                if (!double.IsFinite(_batches.Loss) || !double.IsFinite(norm))
                    return Failure(epoch, $"the loss is {_batches.Loss} and the gradient's norm {norm}");
                if (_options.WeightDecay > 0.0)
                    _decay.Shrink(_parameters, learningRate, _options.WeightDecay);
                _optimiser.Move(_parameters, _batches.Gradient, learningRate);
                _network.Constrain(_parameters);
                loss += (_batches.Loss + penalty) * _batches.Weight;
                weight += _batches.Weight;
            }

            _batchesDone++;
            Report(epoch, loss / weight, weight);
        }

        _weightDone += weight;
        _epochLosses.Add(loss / weight);
        double best = _epochLosses.Min();
        double last = _epochLosses[^1];
        return last > DivergenceFactor * best ? Failure(epoch, $"the mean loss rose from {best:g4} to {last:g4}") : null;
    }

    private string Failure(int epoch, string what) =>
        $"Diverged in epoch {epoch} of {_options.Epochs} (batch {_batchesDone + 1}): {what}. " +
        $"The parameters are those of the best epoch before; try a learning rate below {_options.LearningRate:g3}, a longer warm-up or a lower " +
        "gradient norm limit.";

    /// <summary>Fisher and Yates.</summary>
    private void Shuffle()
    {
        for (int i = _order.Length - 1; i > 0; i--)
        {
            int j = _shuffle.NextInt(i + 1);
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }
    }

    private void Report(int epoch, double loss, double epochWeight)
    {
        if (_progress is null)
            return;
        int total = _options.Epochs * _batchesPerEpoch;
        double seconds = _clock.Elapsed.TotalSeconds;
        _progress(new TrainingProgress(
            epoch, _options.Epochs, _batchesDone, total, loss, (_weightDone + epochWeight) / seconds,
            TimeSpan.FromSeconds(seconds * (total - _batchesDone) / _batchesDone)));
    }

    private TrainingResult Result(Ending ending) =>
        new(ending.Outcome, ending.Message, _network, ending.Parameters,
            TrainingProvenance.Describe(_data, _options, _normalisation, _timespanUnit, ending.Outcome, _epochLosses), _epochLosses);

    /// <summary>A label is 0 or 1 and stays so.</summary>
    private static Normalisation NormalisationOf(SequenceSet data, Model? start, TrainingOptions options)
    {
        Normalisation normalisation = options.Normalisation
            ?? (start is null ? Normalisation.Of(data) : Normalisation.Of(start.Metadata, data));
        return options.Loss == LossKind.BinaryCrossEntropy
            ? normalisation with { OutputScale = [.. Enumerable.Repeat(1f, data.Targets.Count)] }
            : normalisation;
    }

    private readonly record struct Ending(TrainingOutcome Outcome, float[] Parameters, string Message);
}
