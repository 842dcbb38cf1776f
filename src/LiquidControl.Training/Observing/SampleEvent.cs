namespace LiquidControl.Training.Observing;

/// <summary>One event of an asynchronous stream.</summary>
/// <param name="Time">When it was taken, s; never before the event ahead of it.</param>
/// <param name="Channel">The one channel present.</param>
/// <param name="Value">What the channel reads, in its unit; 0 of a query.</param>
public readonly record struct SampleEvent(double Time, SampleChannel Channel, double Value);
