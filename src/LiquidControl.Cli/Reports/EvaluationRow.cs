namespace LiquidControl.Cli.Reports;

/// <summary>One row of `eval arm`: percentiles are over episodes.</summary>
internal sealed record EvaluationRow(
    string Controller, string Scenario, int Episodes, double FinalP50Mm, double FinalP95Mm, double FinalMaxMm, double PathP95Mm,
    double SuccessPercent, double VelocityErrorRms);
