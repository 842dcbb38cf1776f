namespace LiquidControl.Cli.Reports;

/// <summary>What `model import --json` prints.</summary>
internal sealed record ImportReport(string Weights, string From, string File, int Inputs, int Neurons, int Outputs);
