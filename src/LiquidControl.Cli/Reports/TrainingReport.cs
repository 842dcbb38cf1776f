namespace LiquidControl.Cli.Reports;

/// <summary>What `train arm --json` prints.</summary>
internal sealed record TrainingReport(
    string Robot, string Role, string File, ulong Seed, int Episodes, double FirstLoss, double FinalLoss, double Seconds);
