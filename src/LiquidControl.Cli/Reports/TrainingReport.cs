using LiquidControl.Training;

namespace LiquidControl.Cli.Reports;

/// <summary>What `train arm --json` prints; the losses are the last stage's.</summary>
internal sealed record TrainingReport(
    string Robot, string Role, string File, ulong Seed, int Episodes, double FirstLoss, double FinalLoss,
    IReadOnlyList<EvaluationRow> Evaluation, double Seconds);
