namespace LiquidControl.Training.Observing;

/// <summary>What an estimator says of the joint at the time of an event.</summary>
/// <param name="Position">rad.</param>
/// <param name="Velocity">rad/s.</param>
public readonly record struct JointEstimate(double Position, double Velocity);
