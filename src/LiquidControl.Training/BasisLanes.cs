using System.Runtime.Intrinsics;

namespace LiquidControl.Training;

/// <summary>An <see cref="OutputBasis"/> over a chunk of steps and the lanes of a tape, in units of the targets' scales.</summary>
internal sealed class BasisLanes
{
    private readonly int[] _targets;
    private readonly int[] _outputs;
    private readonly float[] _factors;
    private readonly float[] _values;
    private readonly float[] _predictions;
    private readonly float[] _gradients;
    private readonly int _row;

    /// <param name="basis">The basis.</param>
    /// <param name="targetScales">Unit of each target.</param>
    /// <param name="steps">The longest chunk.</param>
    public BasisLanes(OutputBasis basis, float[] targetScales, int steps)
    {
        _targets = [.. basis.Entries.Select(static entry => entry.Target * Lanes.Count)];
        _outputs = [.. basis.Entries.Select(static entry => entry.Output * Lanes.Count)];
        _factors = [.. basis.Entries.Select(entry => basis.Scales[entry.Output] / targetScales[entry.Target])];
        _row = targetScales.Length * Lanes.Count;
        _values = new float[steps * _factors.Length * Lanes.Count];
        _predictions = new float[steps * _row];
        _gradients = new float[steps * _row];
    }

    /// <summary>The targets as the outputs make them [targets × lanes].</summary>
    public ReadOnlySpan<float> Prediction(int step) => _predictions.AsSpan(step * _row, _row);

    /// <summary>The loss gradient of that [targets × lanes], to be written before <see cref="Distribute"/>.</summary>
    public Span<float> Gradient(int step) => _gradients.AsSpan(step * _row, _row);

    public void Load(int step, int lane, TrainingSequence sequence, int at)
    {
        Span<float> values = Values(step);
        for (int k = 0; k < _factors.Length; k++)
            values[(k * Lanes.Count) + lane] = sequence.Basis![(at * _factors.Length) + k] * _factors[k];
    }

    public void Predict(int step, ReadOnlySpan<float> outputs)
    {
        Span<float> prediction = _predictions.AsSpan(step * _row, _row);
        prediction.Clear();
        AddProducts(step, outputs, _outputs, prediction, _targets);
    }

    /// <summary>The loss gradient of the network's outputs.</summary>
    public void Distribute(int step, Span<float> outputGradient)
    {
        outputGradient.Clear();
        AddProducts(step, Gradient(step), _targets, outputGradient, _outputs);
    }

    private Span<float> Values(int step) => _values.AsSpan(step * _factors.Length * Lanes.Count, _factors.Length * Lanes.Count);

    private void AddProducts(int step, ReadOnlySpan<float> from, int[] sources, Span<float> to, int[] sinks)
    {
        ref float values = ref Lanes.Origin<float>(Values(step), _factors.Length * Lanes.Count);
        ref float input = ref Lanes.Origin(from, from.Length);
        ref float output = ref Lanes.Origin<float>(to, to.Length);
        for (int k = 0; k < _factors.Length; k++)
        {
            int read = sources[k], write = sinks[k];
            for (int i = 0; i < Lanes.Count; i += Vector256<float>.Count)
            {
                Vector256<float> sum = Lanes.MultiplyAdd(
                    Lanes.Load(ref values, (k * Lanes.Count) + i), Lanes.Load(ref input, read + i), Lanes.Load(ref output, write + i));
                Lanes.Store(sum, ref output, write + i);
            }
        }
    }
}
