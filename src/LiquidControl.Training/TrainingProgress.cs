namespace LiquidControl.Training;

/// <summary>Where a training stands, told after every batch.</summary>
/// <param name="Epoch">The epoch being run, from 1.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Batch">Batches done over all epochs.</param>
/// <param name="Batches">Batches in all.</param>
/// <param name="Loss">Mean loss over the epoch so far.</param>
/// <param name="StepsPerSecond">Sequence steps run per second, since this process began.</param>
/// <param name="TimeLeft">Estimate of the time to the end.</param>
/// <param name="LastEpoch">The last finished epoch: with an epoch's last batch, that epoch. Null before the first.</param>
public readonly record struct TrainingProgress(
    int Epoch, int Epochs, int Batch, int Batches, double Loss, double StepsPerSecond, TimeSpan TimeLeft,
    EpochRecord? LastEpoch);
