using LiquidControl.Training.Prediction;

namespace LiquidControl.Cli.Reports;

/// <summary>What `train predict --json` prints; losses of each epoch.</summary>
internal sealed record PredictorTrainingReport(
    string Robot, string File, ulong Seed, int Episodes, int Parameters, IReadOnlyList<double> Losses, double Seconds);

/// <summary>What `eval predict --json` prints: errors over the horizon, and what a query costs.</summary>
internal sealed record PredictionEvaluationReport(
    string Robot, string File, ulong Seed, int Episodes, IReadOnlyList<PredictionRow> Errors, IReadOnlyList<PredictionTime> Times);

/// <summary>
/// What `predict --json` prints: queried at a time (s) of the move; joint arrays are [horizon][joint], rad and rad/s, tool errors in mm.
/// </summary>
internal sealed record PredictionReport(
    string Robot, double At, double Duration, IReadOnlyList<double> Horizons, IReadOnlyList<double[]> Positions,
    IReadOnlyList<double[]> TruePositions, IReadOnlyList<double[]> Velocities, IReadOnlyList<double[]> TrueVelocities,
    IReadOnlyList<double> ToolErrorMm, IReadOnlyList<double> PlanToolErrorMm);
