namespace LiquidControl.Training;

/// <summary>
/// A loss over steps and outputs, weighted per output and per step and divided by both sums of weights. Only the last step of each sequence
/// counts where only that has a weight.
/// </summary>
/// <param name="outputWeights">The weight of each output.</param>
internal abstract class SequenceLoss(float[] outputWeights)
{
    private readonly double _outputWeightSum = outputWeights.Sum(static w => (double)w);

    public static SequenceLoss Of(TrainingOptions options, int outputs)
    {
        float[] weights = options.OutputWeights ?? [.. Enumerable.Repeat(1f, outputs)];
        return options.Loss switch
        {
            LossKind.ClosedLoop => new ClosedLoopError(weights, options.Loop!),
            LossKind.MeanSquaredError => new MeanSquaredError(weights),
            LossKind.BinaryCrossEntropy => new BinaryCrossEntropy(weights),
            _ => new WeightedHuber(weights, options.HuberBeta, options.ChatterPenalty),
        };
    }

    /// <summary>Writes the loss gradient of every output of the chunk and returns the chunk's share of the loss.</summary>
    /// <param name="chunk">After its forward pass.</param>
    /// <param name="totalWeight">Sum of the step weights over all shards of the batch in this chunk.</param>
    public double Evaluate(LaneShard chunk, double totalWeight)
    {
        double normalise = 1.0 / (totalWeight * _outputWeightSum);
        double loss = 0.0;
        for (int step = 0; step < chunk.Steps; step++)
        {
            ReadOnlySpan<float> output = chunk.Output(step);
            Span<float> gradient = chunk.OutputGradient(step);
            ReadOnlySpan<float> weights = chunk.Weights(step);
            ReadOnlySpan<float> targets = chunk.Targets(step);
            for (int i = 0; i < output.Length; i++)
            {
                double weight = weights[i % Lanes.Count] * OutputWeight(i) * normalise;
                if (weight == 0.0)
                {
                    gradient[i] = 0f;
                    continue;
                }

                loss += weight * Value(output[i], targets[i], out float slope);
                gradient[i] = (float)weight * slope;
            }
        }

        return loss + AddAcrossSteps(chunk, normalise);
    }

    /// <summary>The loss of one output at one step, and its derivative by the output.</summary>
    public abstract float Value(float output, float target, out float slope);

    /// <summary>Adds what depends on more than one step.</summary>
    private protected virtual double AddAcrossSteps(LaneShard chunk, double normalise) => 0.0;

    /// <summary>Adds the square of the error's change from one step of the chunk to the next, times this, under the same weights.</summary>
    private protected double AddChanges(LaneShard chunk, double factor, double normalise)
    {
        if (factor <= 0.0)
            return 0.0;
        double loss = 0.0;
        for (int step = 1; step < chunk.Steps; step++)
        {
            ReadOnlySpan<float> output = chunk.Output(step), before = chunk.Output(step - 1);
            ReadOnlySpan<float> target = chunk.Targets(step), targetBefore = chunk.Targets(step - 1);
            ReadOnlySpan<float> weights = chunk.Weights(step), weightsBefore = chunk.Weights(step - 1);
            Span<float> gradient = chunk.OutputGradient(step), gradientBefore = chunk.OutputGradient(step - 1);
            for (int i = 0; i < output.Length; i++)
            {
                int lane = i % Lanes.Count;
                if (weightsBefore[lane] == 0f)
                    continue;
                double weight = factor * weights[lane] * OutputWeight(i) * normalise;
                float change = output[i] - target[i] - (before[i] - targetBefore[i]);
                loss += weight * change * change;
                float slope = (float)(2.0 * weight * change);
                gradient[i] += slope;
                gradientBefore[i] -= slope;
            }
        }

        return loss;
    }

    /// <summary>The weight of an output, by its place in a row of lanes.</summary>
    private protected float OutputWeight(int i) => outputWeights[i / Lanes.Count];
}
