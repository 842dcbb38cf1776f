namespace LiquidControl.Training;

/// <summary>
/// The training loss: Huber of output minus target, quadratic below <paramref name="beta"/> (d² / 2β) and |d| − β/2 beyond, weighted per
/// output and per step and divided by both sums of weights; plus, against chatter, <paramref name="chatterPenalty"/> times the square of
/// the error's change from one step of a chunk to the next, under the same weights: a slow error is what an observer behind the network
/// takes up, a fast one is not.
/// </summary>
/// <param name="outputWeights">The weight of each output.</param>
/// <param name="beta">Where the loss turns linear, in units of the output scale.</param>
/// <param name="chatterPenalty">0 for none.</param>
internal sealed class WeightedHuber(float[] outputWeights, float beta, float chatterPenalty)
{
    private readonly double _outputWeightSum = outputWeights.Sum(static w => (double)w);

    /// <summary>
    /// Writes the loss gradient of every output of the chunk into the tape and returns the chunk's share of the loss.
    /// </summary>
    /// <param name="tape">The chunk after its forward pass.</param>
    /// <param name="steps">The chunk's length.</param>
    /// <param name="sequences">What belongs to the tape's lanes.</param>
    /// <param name="totalWeight">Sum of the step weights over all shards of the batch in this chunk.</param>
    public double Evaluate(NetworkTape<float> tape, int steps, LaneShard sequences, double totalWeight)
    {
        double normalise = 1.0 / (totalWeight * _outputWeightSum);
        double loss = 0.0;
        for (int step = 0; step < steps; step++)
        {
            ReadOnlySpan<float> output = tape.Output(step);
            Span<float> gradient = tape.OutputGradient(step);
            ReadOnlySpan<float> weights = sequences.Weights(step);
            ReadOnlySpan<float> targets = sequences.Targets(step);
            for (int i = 0; i < output.Length; i++)
            {
                double weight = weights[i % NetworkTape<float>.LaneCount] * outputWeights[i / NetworkTape<float>.LaneCount] * normalise;
                float d = output[i] - targets[i];
                float size = Math.Abs(d);
                loss += weight * (size < beta ? 0.5f * d * d / beta : size - (0.5f * beta));
                gradient[i] = (float)weight * (size < beta ? d / beta : d / size);
            }
        }

        return chatterPenalty > 0f ? loss + AddChatter(tape, steps, sequences, normalise) : loss;
    }

    private double AddChatter(NetworkTape<float> tape, int steps, LaneShard sequences, double normalise)
    {
        double loss = 0.0;
        for (int step = 1; step < steps; step++)
        {
            ReadOnlySpan<float> output = tape.Output(step), before = tape.Output(step - 1);
            ReadOnlySpan<float> target = sequences.Targets(step), targetBefore = sequences.Targets(step - 1);
            ReadOnlySpan<float> weights = sequences.Weights(step), weightsBefore = sequences.Weights(step - 1);
            Span<float> gradient = tape.OutputGradient(step), gradientBefore = tape.OutputGradient(step - 1);
            for (int i = 0; i < output.Length; i++)
            {
                int lane = i % NetworkTape<float>.LaneCount;
                if (weightsBefore[lane] == 0f)
                    continue;
                double weight = chatterPenalty * weights[lane] * outputWeights[i / NetworkTape<float>.LaneCount] * normalise;
                float change = output[i] - target[i] - (before[i] - targetBefore[i]);
                loss += weight * change * change;
                float slope = (float)(2.0 * weight * change);
                gradient[i] += slope;
                gradientBefore[i] -= slope;
            }
        }

        return loss;
    }
}
