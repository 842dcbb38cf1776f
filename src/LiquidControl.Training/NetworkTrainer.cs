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

    /// <summary>
    /// The cross-entropy of a network that says nothing: however small the best loss was, one below this has not run away.
    /// </summary>
    private const double EmptyCrossEntropy = 0.6931471805599453;

    private readonly SequenceSet _data;
    private readonly TrainingOptions _options;
    private readonly NetworkParameters _network;
    private readonly Normalisation _normalisation;
    private readonly BatchGradient _batches;
    private readonly ValidationLoss? _validation;
    private readonly LearningRateSchedule _schedule;
    private readonly WeightDecay _decay;
    private readonly EpochOrder _order;
    private readonly int _batchesPerEpoch;
    private readonly TrainingState _state;
    private readonly CheckpointFile? _checkpoint;
    private readonly Action<TrainingProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly Stopwatch _clock = new();
    private readonly Stopwatch _sinceCheckpoint = new();
    private TimeSpan _noted;
    private int _firstBatch;
    private long _stepsDone;

    private NetworkTrainer(
        SequenceSet data, NetworkParameters network, Start? start, TrainingOptions options, Action<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        options.Check(data);
        _normalisation = NormalisationOf(data, start, options);
        Require("features", "inputs", data.Features.Count, network.InputSize);
        Require("outputs", "outputs", data.OutputCount, network.OutputSize);
        _data = data;
        _progress = progress;
        _cancellation = cancellation;
        _network = network;
        _options = options with { TimespanUnit = start?.Metadata.TimespanScale ?? options.TimespanUnit };
        float[] first = start is null
            ? network.Draw(new RandomStream(options.Seed).Fork(InitialisationStream), options.Start)
            : [.. start.Value.Parameters];
        // A checkpoint is taken between batches, so with one a batch is finished before a request to stop is heard.
        _batches = new BatchGradient(data, _normalisation, _network, _options, options.Checkpoint is null ? cancellation : default);
        if (options.Validation is SequenceSet validation)
        {
            BatchGradient batches = new(validation, _normalisation, _network, _options with { Dropout = 0.0 }, default);
            _validation = new ValidationLoss(batches, validation.Sequences.Count, options.BatchSize);
        }

        _decay = new WeightDecay([.. network.Tensors.Where(options.Decays)]);
        _batchesPerEpoch = (data.Sequences.Count + options.BatchSize - 1) / options.BatchSize;
        _schedule = LearningRateSchedule.Of(options, _batchesPerEpoch);
        _order = new EpochOrder(data.Sequences.Count, new RandomStream(options.Seed).Fork(ShuffleStream));
        if (options.Checkpoint is CheckpointPlan plan)
        {
            IReadOnlyList<KeyValuePair<string, string>> identity =
                TrainingIdentity.Of(data, network, _options, _normalisation, first);
            _checkpoint = new CheckpointFile(plan.Path, identity, _batchesPerEpoch);
        }

        _state = new TrainingState(first, options.Optimiser);
    }

    /// <summary>
    /// Trains a network on the data, from first parameters that the seed draws.
    /// </summary>
    /// <param name="data">What to learn from.</param>
    /// <param name="network">What to train, over the data's features and targets.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after every batch, on the calling thread.</param>
    /// <param name="cancellation">Stops within one chunk, with a checkpoint within one batch; the result is kept.</param>
    /// <exception cref="ArgumentException">
    /// Data without a weighted step, an option out of range, or a network of other sizes than the data's.
    /// </exception>
    /// <exception cref="ModelFormatException">The checkpoint to go on from is damaged or of another training.</exception>
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
    /// <param name="cancellation">Stops within one chunk, with a checkpoint within one batch; the result is kept.</param>
    /// <exception cref="ArgumentException">
    /// Data without a weighted step, an option out of range, or a model of other features or targets.
    /// </exception>
    /// <exception cref="ModelFormatException">The checkpoint to go on from is damaged or of another training.</exception>
    public static TrainingResult GoOn(
        SequenceSet data, Model start, TrainingOptions options, Action<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        NetworkParameters network = new(start.Weights);
        return GoOn(data, network, new Start(network.Flatten(start.Weights), start.Metadata), options, progress, cancellation);
    }

    /// <summary>The same from where another training ended, of a rival too.</summary>
    public static TrainingResult GoOn(
        SequenceSet data, TrainingResult start, TrainingOptions options, Action<TrainingProgress>? progress = null,
        CancellationToken cancellation = default) =>
        GoOn(data, start.Network, new Start(start.Parameters, start.Metadata), options, progress, cancellation);

    private static TrainingResult GoOn(
        SequenceSet data, NetworkParameters network, Start start, TrainingOptions options, Action<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        NetworkTrainer trainer = new(data, network, start, options, progress, cancellation);
        return trainer.Result(trainer.Run());
    }

    /// <summary>
    /// The parameters a training ends with, in the order of <see cref="NetworkParameters"/>, without the model's description: its data hash
    /// is the platform's SHA-256, which ends the process where OpenSSL is missing.
    /// </summary>
    internal static float[] TrainParameters(SequenceSet data, NetworkParameters network, TrainingOptions options) =>
        new NetworkTrainer(data, network, null, options, null, default).Run().Parameters;

    /// <summary>Whether an epoch of this mean loss, after a best one of that, has run away.</summary>
    internal static bool HasRunAway(LossKind kind, double best, double last)
    {
        double harmless = kind == LossKind.BinaryCrossEntropy ? EmptyCrossEntropy : 0.0;
        return !(last <= DivergenceFactor * Math.Max(best, harmless));
    }

    private static void Require(string signals, string sizes, int data, int network)
    {
        if (data != network)
            throw new ArgumentException($"The network has {network} {sizes}, the data {data} {signals}; make a network for this data.");
    }

    private Ending Run()
    {
        if (_options.Checkpoint?.Resumes == true)
            _checkpoint!.Load(_state);
        else
            _checkpoint?.Save(_state);
        _firstBatch = _state.BatchesDone;
        _clock.Start();
        _sinceCheckpoint.Start();
        while (_state.Epochs.Count < _options.Epochs && !IsPatienceSpent)
        {
            int epoch = _state.Epochs.Count + 1;
            try
            {
                if (RunEpoch(epoch) is string failure)
                    return new Ending(TrainingOutcome.Diverged, _state.Best, failure);
            }
            catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
            {
                return new Ending(
                    TrainingOutcome.Cancelled, _state.Parameters, $"Stopped on request in epoch {epoch} of {_options.Epochs}.");
            }
        }

        int done = _state.Epochs.Count;
        if (_validation is null)
            return new Ending(TrainingOutcome.Completed, _state.Parameters, $"{done} epochs, loss {_state.Epochs[^1].Loss:g4}.");
        int best = _state.BestEpoch;
        string early = done < _options.Epochs ? $", ended early after {done}" : "";
        return new Ending(TrainingOutcome.Completed, _state.Best,
            $"Best of {_options.Epochs} epochs{early}: epoch {best + 1}, validation loss {_state.Epochs[best].ValidationLoss:g4}.");
    }

    /// <summary>Runs what is left of an epoch and returns why it ran away, or null.</summary>
    private string? RunEpoch(int epoch)
    {
        for (int batch = _state.BatchesDone % _batchesPerEpoch; batch < _batchesPerEpoch; batch++)
        {
            int first = batch * _options.BatchSize;
            ReadOnlySpan<int> sequences = _order.Of(epoch)[first..Math.Min(first + _options.BatchSize, _data.Sequences.Count)];
            if (RunBatch(epoch, sequences) is string failure)
                return failure;
            _state.BatchesDone++;
            foreach (int index in sequences)
                _stepsDone += _data.Sequences[index].Steps;
            NoteTime();
            double loss = _state.Loss / _state.Weight;
            bool ends = batch + 1 == _batchesPerEpoch;
            if (ends && CloseEpoch(epoch) is string rise)
                return rise;
            Pause(epoch, loss, ends);
        }

        return null;
    }

    private string? RunBatch(int epoch, ReadOnlySpan<int> sequences)
    {
        double learningRate = _schedule.At(_state.BatchesDone);
        float[] parameters = _state.Parameters;
        _batches.Begin(sequences, _state.BatchesDone);
        while (_batches.Next(parameters))
        {
            if (_batches.Weight == 0.0)
                continue;
            double penalty = _options.SquarePenalty > 0.0 ? _decay.AddPenalty(parameters, _batches.Gradient, _options.SquarePenalty) : 0.0;
            GradientClipping.ClipEach(_batches.Gradient, _network.Tensors, _options.TensorNormLimit);
            double norm = GradientClipping.Clip(_batches.Gradient, _options.GradientNormLimit);
            if (!double.IsFinite(_batches.Loss) || !double.IsFinite(norm))
                return Failure(epoch, $"the loss is {_batches.Loss} and the gradient's norm {norm}");
            if (_options.WeightDecay > 0.0)
                _decay.Shrink(parameters, learningRate, _options.WeightDecay);
            _state.Optimiser.Move(parameters, _batches.Gradient, learningRate);
            _network.Constrain(parameters);
            _state.Loss += (_batches.Loss + penalty) * _batches.Weight;
            _state.Weight += _batches.Weight;
        }

        return null;
    }

    /// <summary>Judges a finished epoch and returns why it ran away, or null.</summary>
    private string? CloseEpoch(int epoch)
    {
        double validationLoss = _validation?.Of(_state.Parameters) ?? double.NaN;
        _state.CloseEpoch(validationLoss, _options.Score?.Invoke(_network, _state.Parameters) ?? double.NaN);
        _noted = _clock.Elapsed;
        double last = _state.Epochs[^1].Loss;
        double best = _state.Epochs.Min(static e => e.Loss);
        if (HasRunAway(_options.Loss, best, last))
            return Failure(epoch, $"the mean loss rose from {best:g4} to {last:g4}");
        if (_state.BestEpoch == epoch - 1)
            _state.Parameters.CopyTo(_state.Best, 0);
        return null;
    }

    /// <summary>Between two batches: tells where the training stands, keeps it, and stops if asked to.</summary>
    private void Pause(int epoch, double loss, bool endsEpoch)
    {
        Report(epoch, loss);
        bool stops = _cancellation.IsCancellationRequested && _state.BatchesDone < _options.Epochs * _batchesPerEpoch;
        if (_checkpoint is not null && (endsEpoch || stops || _sinceCheckpoint.Elapsed >= _options.Checkpoint!.Interval))
        {
            _checkpoint.Save(_state);
            _sinceCheckpoint.Restart();
        }

        if (stops)
            _cancellation.ThrowIfCancellationRequested();
    }

    private bool IsPatienceSpent => _options.Patience is int patience && _state.Epochs.Count - 1 - _state.BestEpoch >= patience;

    private void NoteTime()
    {
        TimeSpan now = _clock.Elapsed;
        _state.Seconds += (now - _noted).TotalSeconds;
        _noted = now;
    }

    private string Failure(int epoch, string what) =>
        $"Diverged in epoch {epoch} of {_options.Epochs} (batch {_state.BatchesDone + 1}): {what}. " +
        $"The parameters are those of the best epoch before; try a learning rate below {_options.LearningRate:g3}, a longer warm-up or a " +
        "lower gradient norm limit.";

    private void Report(int epoch, double loss)
    {
        if (_progress is null)
            return;
        int total = _options.Epochs * _batchesPerEpoch;
        double seconds = _clock.Elapsed.TotalSeconds;
        _progress(new TrainingProgress(
            epoch, _options.Epochs, _state.BatchesDone, total, loss, _stepsDone / seconds,
            TimeSpan.FromSeconds(seconds * (total - _state.BatchesDone) / (_state.BatchesDone - _firstBatch)),
            _state.Epochs.Count > 0 ? _state.Epochs[^1] : null));
    }

    private TrainingResult Result(Ending ending) =>
        new(ending.Outcome, ending.Message, _network, ending.Parameters,
            TrainingProvenance.Describe(
                _data, _options, _normalisation, _options.TimespanUnit, ending.Outcome,
                [.. _state.Epochs.Select(static epoch => epoch.Loss)]),
            _state.Epochs);

    /// <summary>A label is 0 or 1 and stays so.</summary>
    private static Normalisation NormalisationOf(SequenceSet data, Start? start, TrainingOptions options)
    {
        Normalisation normalisation = options.Normalisation
            ?? (start is null ? Normalisation.Of(data) : Normalisation.Of(start.Value.Metadata, data));
        return options.Loss == LossKind.BinaryCrossEntropy
            ? normalisation with { OutputScale = [.. Enumerable.Repeat(1f, data.Targets.Count)] }
            : normalisation;
    }

    /// <summary>Where a training goes on from.</summary>
    private readonly record struct Start(float[] Parameters, ModelMetadata Metadata);

    private readonly record struct Ending(TrainingOutcome Outcome, float[] Parameters, string Message);
}
