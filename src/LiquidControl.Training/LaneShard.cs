using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>
/// The share of a batch that one tape runs: up to sixteen sequences, normalised and laid out lane by lane, chunk after chunk. Lanes
/// without a sequence have no steps; the tape runs no further than its longest sequence.
/// </summary>
internal sealed class LaneShard
{
    private const int LaneCount = Lanes.Count;
    private readonly SequenceSet _data;
    private readonly Normalisation _normalisation;
    private readonly float _timespanScale;
    private readonly int _outputs;
    private readonly RandomStream[][] _dropout;
    private readonly float[] _targets;
    private readonly float[] _weights;
    private readonly float[] _elapsed;
    private readonly BasisLanes? _basis;
    private readonly SegmentedTape _tape;
    private int[] _indices = [];
    private int _first;

    public LaneShard(SequenceSet data, Normalisation normalisation, NetworkParameters network, TrainingOptions options)
    {
        int chunk = options.ChunkSteps;
        _data = data;
        _normalisation = normalisation;
        _timespanScale = (float)(1.0 / options.TimespanUnit);
        _outputs = data.Targets.Count;
        _tape = new SegmentedTape(network, options, LoadSegment);
        _dropout = options.Dropout > 0.0 ? new RandomStream[((chunk - 1) / _tape.Record.Capacity) + 2][] : [];
        Gradient = new float[network.Count];
        _targets = new float[chunk * _outputs * LaneCount];
        _weights = new float[chunk * LaneCount];
        _elapsed = new float[chunk * LaneCount];
        _basis = data.Basis is OutputBasis basis ? new BasisLanes(basis, normalisation.OutputScale, chunk) : null;
    }

    /// <summary>This shard's part of the loss gradient.</summary>
    public float[] Gradient { get; }

    /// <summary>This shard's part of the loss.</summary>
    public double Loss { get; private set; }

    /// <summary>Steps of the loaded chunk that one of the lanes still has.</summary>
    public int Steps { get; private set; }

    /// <summary>What is judged [targets × lanes].</summary>
    public ReadOnlySpan<float> Output(int step) => _basis is null ? _tape.Output(step) : _basis.Prediction(step);

    public Span<float> OutputGradient(int step) => _basis is null ? _tape.OutputGradient(step) : _basis.Gradient(step);

    /// <summary>Time since the step before, s; 0 in lanes that have ended [lanes].</summary>
    public ReadOnlySpan<float> Elapsed(int step) => _elapsed.AsSpan(step * LaneCount, LaneCount);

    public ReadOnlySpan<float> Targets(int step) => _targets.AsSpan(step * _outputs * LaneCount, _outputs * LaneCount);

    public ReadOnlySpan<float> Weights(int step) => _weights.AsSpan(step * LaneCount, LaneCount);

    /// <summary>Steps of the loaded chunk that a lane still has.</summary>
    public int Length(int lane) => StepsLeft(lane, _first, Steps);

    /// <summary>
    /// Takes up new sequences from their start; each draws its dropout from a stream of its own, whichever lane it is in.
    /// </summary>
    public void Begin(ReadOnlySpan<int> indices, RandomStream? dropout)
    {
        _indices = indices.ToArray();
        _tape.Record.State.Clear();
        if (_dropout.Length > 0)
            _dropout[0] = [.. _indices.Select(index => dropout!.Fork((ulong)index))];
    }

    /// <summary>Loads the chunk that starts at <paramref name="first"/> and returns the sum of its step weights.</summary>
    public double Load(int first, int steps)
    {
        _first = first;
        Steps = 0;
        for (int lane = 0; lane < LaneCount; lane++)
            Steps = Math.Max(Steps, StepsLeft(lane, first, steps));
        double total = 0.0;
        for (int step = 0; step < Steps; step++)
            for (int lane = 0; lane < LaneCount; lane++)
            {
                if (StepsLeft(lane, first, steps) > step)
                    LoadTargets(_data.Sequences[_indices[lane]], first + step, step, lane);
                else
                    _weights[(step * LaneCount) + lane] = _elapsed[(step * LaneCount) + lane] = 0f;
                total += _weights[(step * LaneCount) + lane];
            }

        return total;
    }

    /// <summary>Forward, loss, backward over the loaded chunk; then stands ready for the next.</summary>
    public void Run(ReadOnlySpan<float> parameters, SequenceLoss loss, double totalWeight)
    {
        Array.Clear(Gradient);
        Loss = 0.0;
        if (Steps == 0)
            return;
        Forward(parameters);
        Loss = loss.Evaluate(this, totalWeight);
        for (int step = 0; _basis is not null && step < Steps; step++)
            _basis.Distribute(step, _tape.OutputGradient(step));
        _tape.Backward(parameters, Gradient, Steps);
        Carry();
    }

    /// <summary>Loads the chunk that starts at <paramref name="first"/> and runs it forward; false when all sequences have ended.</summary>
    public bool Predict(ReadOnlySpan<float> parameters, int first, int steps)
    {
        if (first > 0)
            Carry();
        Load(first, steps);
        if (Steps == 0)
            return false;
        Forward(parameters);
        return true;
    }

    private void Forward(ReadOnlySpan<float> parameters)
    {
        _tape.Forward(parameters, Steps);
        for (int step = 0; _basis is not null && step < Steps; step++)
            _basis.Predict(step, _tape.Output(step));
    }

    private void Carry()
    {
        _tape.CarryState(Steps);
        if (_dropout.Length > 0)
            _dropout[0] = _dropout[((Steps - 1) / _tape.Record.Capacity) + 1];
    }

    private int StepsLeft(int lane, int first, int most) =>
        lane < _indices.Length ? Math.Clamp(_data.Sequences[_indices[lane]].Steps - first, 0, most) : 0;

    private void LoadTargets(TrainingSequence sequence, int at, int step, int lane)
    {
        _weights[(step * LaneCount) + lane] = sequence.Weight(at);
        _elapsed[(step * LaneCount) + lane] = sequence.Timespans[at];
        Span<float> targets = _targets.AsSpan(step * _outputs * LaneCount, _outputs * LaneCount);
        for (int i = 0; i < _outputs; i++)
            targets[(i * LaneCount) + lane] = sequence.Targets[(at * _outputs) + i] / _normalisation.OutputScale[i];
        _basis?.Load(step, lane, sequence, at);
    }

    private void LoadSegment(int first, int steps)
    {
        NetworkTape<float> record = _tape.Record;
        int segment = first / record.Capacity;
        RandomStream[] dropout = _dropout.Length > 0 ? [.. _dropout[segment].Select(static stream => stream.Copy())] : [];
        for (int lane = 0; lane < LaneCount; lane++)
            record.Lengths[lane] = StepsLeft(lane, _first + first, steps);
        for (int step = 0; step < steps; step++)
            for (int lane = 0; lane < LaneCount; lane++)
                if (step < record.Lengths[lane])
                {
                    LoadInput(_data.Sequences[_indices[lane]], _first + first + step, step, lane);
                    if (_dropout.Length > 0)
                        record.DrawDropout(step, lane, dropout[lane]);
                }

        if (_dropout.Length > 0)
            _dropout[segment + 1] = dropout;
    }

    private void LoadInput(TrainingSequence sequence, int at, int step, int lane)
    {
        int features = _data.Features.Count;
        Span<float> input = _tape.Record.Input(step);
        _tape.Record.Timespans(step)[lane] = sequence.Timespans[at] * _timespanScale;
        for (int i = 0; i < features; i++)
            input[(i * LaneCount) + lane] = _normalisation.Feature(i, sequence.Features[(at * features) + i]);
    }
}
