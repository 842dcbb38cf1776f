
using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>
/// The share of a batch that one tape runs: up to sixteen sequences, normalised and laid out lane by lane, chunk after chunk. Lanes
/// without a sequence have no steps; the tape runs no further than its longest sequence.
/// </summary>
internal sealed class LaneShard
{
    private const int LaneCount = NetworkTape<float>.LaneCount;
    private readonly SequenceSet _data;
    private readonly Normalisation _normalisation;
    private readonly float _timespanScale;
    private readonly int _outputs;
    private readonly bool _dropsOut;
    private readonly RandomStream?[] _dropout = new RandomStream?[LaneCount];
    private readonly float[] _targets;
    private readonly float[] _weights;
    private readonly BasisLanes? _basis;
    private int[] _indices = [];

    public LaneShard(SequenceSet data, Normalisation normalisation, NetworkParameters network, TrainingOptions options)
    {
        int chunk = options.ChunkSteps;
        _data = data;
        _normalisation = normalisation;
        _timespanScale = (float)(1.0 / options.TimespanUnit);
        _dropsOut = options.Dropout > 0.0;
        _outputs = data.Targets.Count;
        Tape = new NetworkTape<float>(network, chunk, options.Dropout);
        Gradient = new float[network.Count];
        _targets = new float[chunk * _outputs * LaneCount];
        _weights = new float[chunk * LaneCount];
        _basis = data.Basis is OutputBasis basis ? new BasisLanes(basis, normalisation.OutputScale, chunk) : null;
    }

    public NetworkTape<float> Tape { get; }

    /// <summary>This shard's part of the loss gradient.</summary>
    public float[] Gradient { get; }

    /// <summary>This shard's part of the loss.</summary>
    public double Loss { get; private set; }

    /// <summary>Steps of the loaded chunk that one of the lanes still has.</summary>
    public int Steps { get; private set; }

    /// <summary>What is judged [targets × lanes].</summary>
    public ReadOnlySpan<float> Output(int step) => _basis is null ? Tape.Output(step) : _basis.Prediction(step);

    public Span<float> OutputGradient(int step) => _basis is null ? Tape.OutputGradient(step) : _basis.Gradient(step);

    public ReadOnlySpan<float> Timespans(int step) => Tape.Timespans(step);

    public ReadOnlySpan<float> Targets(int step) => _targets.AsSpan(step * _outputs * LaneCount, _outputs * LaneCount);

    public ReadOnlySpan<float> Weights(int step) => _weights.AsSpan(step * LaneCount, LaneCount);

    /// <summary>
    /// Takes up new sequences from their start; each draws its dropout from a stream of its own, whichever lane it is in.
    /// </summary>
    public void Begin(ReadOnlySpan<int> indices, RandomStream? dropout)
    {
        _indices = indices.ToArray();
        Tape.State.Clear();
        if (_dropsOut)
            for (int lane = 0; lane < indices.Length; lane++)
                _dropout[lane] = dropout!.Fork((ulong)indices[lane]);
    }

    /// <summary>Loads the chunk that starts at <paramref name="first"/> and returns the sum of its step weights.</summary>
    public double Load(int first, int steps)
    {
        Steps = 0;
        for (int lane = 0; lane < LaneCount; lane++)
        {
            int length = lane < _indices.Length ? Math.Clamp(_data.Sequences[_indices[lane]].Steps - first, 0, steps) : 0;
            Tape.Lengths[lane] = length;
            Steps = Math.Max(Steps, length);
        }

        double total = 0.0;
        for (int step = 0; step < Steps; step++)
            for (int lane = 0; lane < LaneCount; lane++)
            {
                if (step < Tape.Lengths[lane])
                    Load(_data.Sequences[_indices[lane]], first + step, step, lane);
                else
                    _weights[(step * LaneCount) + lane] = 0f;
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
        Tape.Forward(parameters, Steps);
        for (int step = 0; _basis is not null && step < Steps; step++)
            _basis.Predict(step, Tape.Output(step));
        Loss = loss.Evaluate(this, totalWeight);
        for (int step = 0; _basis is not null && step < Steps; step++)
            _basis.Distribute(step, Tape.OutputGradient(step));
        Tape.Backward(parameters, Gradient, Steps);
        Tape.CarryState(Steps);
    }

    /// <summary>Loads the chunk that starts at <paramref name="first"/> and runs it forward; false when all sequences have ended.</summary>
    public bool Predict(ReadOnlySpan<float> parameters, int first, int steps)
    {
        if (first > 0)
            Tape.CarryState(Steps);
        Load(first, steps);
        if (Steps == 0)
            return false;
        Tape.Forward(parameters, Steps);
        return true;
    }

    private void Load(TrainingSequence sequence, int at, int step, int lane)
    {
        int features = _data.Features.Count;
        Span<float> input = Tape.Input(step);
        Span<float> targets = _targets.AsSpan(step * _outputs * LaneCount, _outputs * LaneCount);
        Tape.Timespans(step)[lane] = sequence.Timespans[at] * _timespanScale;
        _weights[(step * LaneCount) + lane] = sequence.Weight(at);
        for (int i = 0; i < features; i++)
            input[(i * LaneCount) + lane] = _normalisation.Feature(i, sequence.Features[(at * features) + i]);
        for (int i = 0; i < _outputs; i++)
            targets[(i * LaneCount) + lane] = sequence.Targets[(at * _outputs) + i] / _normalisation.OutputScale[i];
        _basis?.Load(step, lane, sequence, at);
        if (_dropsOut)
            Tape.DrawDropout(step, lane, _dropout[lane]!);
    }
}
