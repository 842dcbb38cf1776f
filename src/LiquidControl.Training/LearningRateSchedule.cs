namespace LiquidControl.Training;

/// <summary>The learning rate over the course of a training.</summary>
public abstract class LearningRateSchedule
{
    /// <summary>The rate of a batch, counted from 0.</summary>
    public abstract double At(int batch);

    internal static LearningRateSchedule Of(TrainingOptions options, int batchesPerEpoch) => options.RateDecayPerEpoch is double decay
        ? new ExponentialSchedule(options.LearningRate, options.WarmUpBatches, decay, batchesPerEpoch)
        : new CosineSchedule(options.LearningRate, options.WarmUpBatches, options.Epochs * batchesPerEpoch);
}
