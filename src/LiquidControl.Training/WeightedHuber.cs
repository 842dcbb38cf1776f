namespace LiquidControl.Training;

/// <summary>
/// Huber of output minus target, quadratic below <paramref name="beta"/> (d² / 2β) and |d| − β/2 beyond; plus, against chatter,
/// <paramref name="chatterPenalty"/> times the square of the error's change from one step of a chunk to the next, under the same weights: a
/// slow error is what an observer behind the network takes up, a fast one is not.
/// </summary>
/// <param name="outputWeights">The weight of each output.</param>
/// <param name="beta">Where the loss turns linear, in units of the output scale.</param>
/// <param name="chatterPenalty">0 for none.</param>
internal sealed class WeightedHuber(float[] outputWeights, float beta, float chatterPenalty) : SequenceLoss(outputWeights)
{
    public override float Value(float output, float target, out float slope)
    {
        float d = output - target;
        float size = Math.Abs(d);
        slope = size < beta ? d / beta : d / size;
        return size < beta ? 0.5f * d * d / beta : size - (0.5f * beta);
    }

    private protected override double AddAcrossSteps(LaneShard chunk, double normalise) => AddChanges(chunk, chatterPenalty, normalise);
}
