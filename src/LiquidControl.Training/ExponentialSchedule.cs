using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>
/// The learning rate: a linear rise over <paramref name="warmUp"/> batches, times <paramref name="start"/> ·
/// <paramref name="decay"/>^(batch / <paramref name="batchesPerEpoch"/>), falling with every batch (Keras: ExponentialDecay without
/// staircase).
/// </summary>
/// <param name="start">The rate at batch 0.</param>
/// <param name="warmUp">Batches of the rise.</param>
/// <param name="decay">The factor of one epoch.</param>
/// <param name="batchesPerEpoch">Batches of one epoch.</param>
public sealed class ExponentialSchedule(double start, int warmUp, double decay, int batchesPerEpoch) : LearningRateSchedule
{
    private readonly double _logarithm = Elementary.Log(decay);

    public override double At(int batch)
    {
        double rise = warmUp > 0 ? Math.Min(1.0, (batch + 1.0) / warmUp) : 1.0;
        return start * rise * Elementary.Exp(_logarithm * batch / batchesPerEpoch);
    }
}
