namespace LiquidControl.Cli.Reports;

/// <summary>What `model explain --json` prints; time constants in timespan units and in s.</summary>
internal sealed record ExplanationReport(
    string File, string Recording, int Steps, int StepsExplained, int Windows, int WindowSteps, string Baseline, int Points, double CompletenessDefect,
    double TimespanScale, IReadOnlyList<NeuronReport> Neurons, IReadOnlyList<DrivenOutputReport> Outputs);

internal sealed record NeuronReport(
    int Number, string Role, SpreadReport State, SpreadReport? Gate, SpreadReport TimeConstant, double TimeConstantS, double? Saturation);

/// <summary>Mean (of a time constant the median), least and largest over the recording.</summary>
internal sealed record SpreadReport(double Middle, double Min, double Max);

/// <summary>An output and what drives it, the strongest input first; in the unit of the network's output.</summary>
internal sealed record DrivenOutputReport(string Name, IReadOnlyList<DriverReport> Inputs);

internal sealed record DriverReport(string Name, double Share, double Magnitude, double Mean);
