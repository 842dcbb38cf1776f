namespace LiquidControl.Training;

/// <summary>
/// The share of a batch that one tape runs: up to sixteen sequences, normalised and laid out lane by lane, chunk after chunk. Lanes
/// without a sequence, and steps beyond a sequence's end, weigh nothing.
/// </summary>
internal sealed class LaneShard
{
    private const int LaneCount = CfcTape<float>.LaneCount;
    private readonly SequenceSet _data;
    private readonly Normalisation _normalisation;
    private readonly float _timespanScale;
    private readonly int _outputs;
    private readonly float[] _targets;
    private readonly float[] _weights;
    private int[] _indices = [];

    public LaneShard(SequenceSet data, Normalisation normalisation, float timespanScale, CfcParameters layout, int chunk)
    {
        _data = data;
        _normalisation = normalisation;
        _timespanScale = timespanScale;
        _outputs = data.Targets.Count;
        Tape = new CfcTape<float>(layout, chunk);
        Gradient = new float[layout.Count];
        _targets = new float[chunk * _outputs * LaneCount];
        _weights = new float[chunk * LaneCount];
    }

    public CfcTape<float> Tape { get; }

    /// <summary>This shard's part of the loss gradient.</summary>
    public float[] Gradient { get; }

    /// <summary>This shard's part of the loss.</summary>
    public double Loss { get; private set; }

    public ReadOnlySpan<float> Targets(int step) => _targets.AsSpan(step * _outputs * LaneCount, _outputs * LaneCount);

    public ReadOnlySpan<float> Weights(int step) => _weights.AsSpan(step * LaneCount, LaneCount);

    /// <summary>Takes up new sequences from their start.</summary>
    public void Begin(ReadOnlySpan<int> indices)
    {
        _indices = indices.ToArray();
        Tape.State.Clear();
    }

    /// <summary>Loads the chunk that starts at <paramref name="first"/> and returns the sum of its step weights.</summary>
    public double Load(int first, int steps)
    {
        int features = _data.Features.Count;
        double total = 0.0;
        for (int step = 0; step < steps; step++)
        {
            Span<float> input = Tape.Input(step);
            Span<float> timespans = Tape.Timespans(step);
            Span<float> weights = _weights.AsSpan(step * LaneCount, LaneCount);
            Span<float> targets = _targets.AsSpan(step * _outputs * LaneCount, _outputs * LaneCount);
            for (int lane = 0; lane < LaneCount; lane++)
            {
                TrainingSequence? sequence = lane < _indices.Length ? _data.Sequences[_indices[lane]] : null;
                int at = first + step;
                bool present = sequence is not null && at < sequence.Steps;
                timespans[lane] = present ? sequence!.Timespans[at] * _timespanScale : 0f;
                weights[lane] = present ? sequence!.Weight(at) : 0f;
                total += weights[lane];
                for (int i = 0; i < features; i++)
                    input[(i * LaneCount) + lane] = present ? _normalisation.Feature(i, sequence!.Features[(at * features) + i]) : 0f;
                for (int i = 0; i < _outputs; i++)
                    targets[(i * LaneCount) + lane] = present ? sequence!.Targets[(at * _outputs) + i] / _normalisation.OutputScale[i] : 0f;
            }
        }

        return total;
    }

    /// <summary>Forward, loss, backward over the loaded chunk; then stands ready for the next.</summary>
    public void Run(ReadOnlySpan<float> parameters, int steps, WeightedHuber loss, double totalWeight)
    {
        Array.Clear(Gradient);
        Tape.Forward(parameters, steps);
        Loss = loss.Evaluate(Tape, steps, this, totalWeight);
        Tape.Backward(parameters, Gradient, steps);
        Tape.CarryState(steps);
    }
}
