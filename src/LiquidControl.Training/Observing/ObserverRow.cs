namespace LiquidControl.Training.Observing;

/// <summary>Errors of an estimator in one regime, root mean square over the queries of all test moves.</summary>
/// <param name="Regime">How the sensors were sampled.</param>
/// <param name="Velocity">mrad/s.</param>
/// <param name="Position">mrad.</param>
public sealed record ObserverError(string Regime, MeanSpread Velocity, MeanSpread Position);

/// <summary>One estimator of an <see cref="ObserverExperiment"/>.</summary>
/// <param name="Estimator">Its name.</param>
/// <param name="Parameters">How many numbers were learned or tuned.</param>
/// <param name="TrainingSeconds">Mean wall time of a training or of the tuning.</param>
/// <param name="Errors">In each regime.</param>
public sealed record ObserverRow(string Estimator, int Parameters, double TrainingSeconds, IReadOnlyList<ObserverError> Errors);
