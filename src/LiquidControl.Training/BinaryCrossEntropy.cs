using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>
/// −y ln σ(z) − (1 − y) ln(1 − σ(z)) of a label y and a logit z, as max(z, 0) − z y + ln(1 + e^−|z|), which no logit can overflow.
/// </summary>
/// <param name="outputWeights">The weight of each output.</param>
internal sealed class BinaryCrossEntropy(float[] outputWeights) : SequenceLoss(outputWeights)
{
    public override float Value(float output, float target, out float slope)
    {
        double z = output;
        slope = (float)(Elementary.Sigmoid(z) - target);
        return (float)(Math.Max(z, 0.0) - (z * target) + Elementary.Log(1.0 + Elementary.Exp(-Math.Abs(z))));
    }
}
