namespace LiquidControl.Cli.Reports;

/// <summary>What `model verify --json` prints.</summary>
internal sealed record VerificationReport(
    string Name, string Precision, bool Passed, IReadOnlyList<SequenceReport> Sequences);

/// <summary>Largest absolute errors of one sequence; infinite where the network stopped early, and then the result says why.</summary>
internal sealed record SequenceReport(string Name, int Steps, string Result, double OutputError, double StateError, double Tolerance);
