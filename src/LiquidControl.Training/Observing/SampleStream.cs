namespace LiquidControl.Training.Observing;

/// <summary>The events of a move in the order of their times, beginning with an encoder's, and the truth at each, which no estimator sees.</summary>
/// <param name="Events">The events.</param>
/// <param name="Position">True angle at each event, rad.</param>
/// <param name="Velocity">True velocity at each event, rad/s.</param>
public sealed record SampleStream(SampleEvent[] Events, double[] Position, double[] Velocity);
