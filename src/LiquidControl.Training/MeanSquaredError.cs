namespace LiquidControl.Training;

/// <summary>(output − target)².</summary>
/// <param name="outputWeights">The weight of each output.</param>
internal sealed class MeanSquaredError(float[] outputWeights) : SequenceLoss(outputWeights)
{
    public override float Value(float output, float target, out float slope)
    {
        float d = output - target;
        slope = 2f * d;
        return d * d;
    }
}
