namespace LiquidControl.Training.Arm;

/// <summary>What the training is doing now.</summary>
/// <param name="Stage">For a person.</param>
/// <param name="Fraction">Done part of the stage, 0 to 1.</param>
/// <param name="Training">Loss, rate and time left while the network learns.</param>
public readonly record struct ArmTrainingProgress(string Stage, double Fraction, TrainingProgress? Training);
