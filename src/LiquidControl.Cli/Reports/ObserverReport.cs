using LiquidControl.Training.Observing;

namespace LiquidControl.Cli.Reports;

/// <summary>What `eval observer --json` prints.</summary>
/// <param name="TrainingMoves">Learned from.</param>
/// <param name="TestMoves">Judged on.</param>
/// <param name="Trainings">Of each network.</param>
/// <param name="Epochs">Of each training.</param>
/// <param name="Seed">Of moves, plants and samples.</param>
/// <param name="VelocityScale">Root mean square of the velocity, mrad/s.</param>
/// <param name="DisplacementScale">Root mean square of the angle since the last encoder reading, mrad.</param>
/// <param name="Rows">Each estimator.</param>
/// <param name="Verdicts">The CfC with timespans against each other estimator.</param>
internal sealed record ObserverReport(
    int TrainingMoves, int TestMoves, int Trainings, int Epochs, ulong Seed, double VelocityScale, double DisplacementScale,
    IReadOnlyList<ObserverRow> Rows, IReadOnlyList<ObserverVerdict> Verdicts);
