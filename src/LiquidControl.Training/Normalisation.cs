using LiquidControl.Control;
using LiquidControl.Neural;

namespace LiquidControl.Training;

/// <summary>
/// How features and targets are brought to order one: feature → (x − mean) / scale, clipped as the policy on the arm clips it;
/// target → y / output scale.
/// </summary>
public sealed record Normalisation(float[] FeatureMean, float[] FeatureScale, float[] OutputScale)
{
    private const float Clip = (float)LiquidPolicy.FeatureClip;

    /// <summary>Keeps a feature that hardly moved in the data from becoming huge when it moves later.</summary>
    private const double SmallestFeatureScale = 1e-3;

    private const double SmallestOutputScale = 1e-6;

    /// <summary>
    /// Mean and standard deviation (plus 1e-3) of each feature, root mean square (plus 1e-6) of each target, over steps of positive weight.
    /// </summary>
    public static Normalisation Of(SequenceSet data)
    {
        double[] mean = new double[data.Features.Count];
        double[] variance = new double[mean.Length];
        double[] square = new double[data.Targets.Count];
        long steps = 0;
        foreach (TrainingSequence sequence in data.Sequences)
            for (int step = 0; step < sequence.Steps; step++)
                if (sequence.Weight(step) > 0f)
                {
                    Add(mean, sequence.Features.AsSpan(step * mean.Length));
                    AddSquare(square, default, sequence.Targets.AsSpan(step * square.Length));
                    steps++;
                }

        if (steps == 0)
            throw new ArgumentException("No step of the training data has a positive weight; there is nothing to learn.", nameof(data));
        Divide(mean, steps);
        foreach (TrainingSequence sequence in data.Sequences)
            for (int step = 0; step < sequence.Steps; step++)
                if (sequence.Weight(step) > 0f)
                    AddSquare(variance, mean, sequence.Features.AsSpan(step * mean.Length));
        Divide(variance, steps);
        Divide(square, steps);
        return new Normalisation(
            Array.ConvertAll(mean, static m => (float)m),
            Array.ConvertAll(variance, static v => (float)(Math.Sqrt(v) + SmallestFeatureScale)),
            Array.ConvertAll(square, static s => (float)(Math.Sqrt(s) + SmallestOutputScale)));
    }

    /// <summary>Every number as it is.</summary>
    public static Normalisation None(int features, int targets) => new(
        new float[features], [.. Enumerable.Repeat(1f, features)], [.. Enumerable.Repeat(1f, targets)]);

    /// <summary>The normalisation of a model whose features and outputs are the data's, by name and unit.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static Normalisation Of(ModelMetadata metadata, SequenceSet data)
    {
        Require("feature", data.Features, [.. metadata.Features.Select(static f => new Signal(f.Name, f.Unit))]);
        Require("target", data.Targets, [.. metadata.Outputs.Select(static o => new Signal(o.Name, o.Unit))]);
        return new Normalisation(
            [.. metadata.Features.Select(static f => (float)f.Mean)],
            [.. metadata.Features.Select(static f => (float)f.Scale)],
            [.. metadata.Outputs.Select(static o => (float)o.Scale)]);
    }

    /// <summary>A feature as the network sees it.</summary>
    public float Feature(int index, float value) =>
        Math.Clamp((value - FeatureMean[index]) / FeatureScale[index], -Clip, Clip);

    private static void Require(string what, IReadOnlyList<Signal> data, IReadOnlyList<Signal> model)
    {
        for (int i = 0; i < Math.Max(data.Count, model.Count); i++)
        {
            string found = Text(data, i), expected = Text(model, i);
            if (found != expected)
                throw new ArgumentException(
                    $"Data, {what} {i + 1}: found {found}, expected {expected}, as the model has it. Go on only from a model of the same {what}s.");
        }
    }

    private static string Text(IReadOnlyList<Signal> signals, int place) =>
        place < signals.Count ? $"{signals[place].Name} in {signals[place].Unit}" : "nothing";

    private static void Add(Span<double> sums, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] += values[i];
    }

    private static void AddSquare(Span<double> sums, ReadOnlySpan<double> centre, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            double difference = values[i] - (centre.IsEmpty ? 0.0 : centre[i]);
            sums[i] += difference * difference;
        }
    }

    private static void Divide(Span<double> sums, double count)
    {
        foreach (ref double sum in sums)
            sum /= count;
    }
}
