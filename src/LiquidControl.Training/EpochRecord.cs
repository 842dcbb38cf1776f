namespace LiquidControl.Training;

/// <summary>What an epoch of a training came to.</summary>
/// <param name="Loss">Mean loss over the epoch, while it moved the parameters.</param>
/// <param name="ValidationLoss">Mean loss over the validation data after it; NaN without any.</param>
/// <param name="Score">What <see cref="TrainingOptions.Score"/> said of the parameters after it; NaN without one.</param>
/// <param name="Seconds">Time it took to train, without validation and score; of an interrupted epoch, all its parts together.</param>
public readonly record struct EpochRecord(double Loss, double ValidationLoss, double Score, double Seconds);
