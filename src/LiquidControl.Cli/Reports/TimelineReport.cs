namespace LiquidControl.Cli.Reports;

/// <summary>What `model timeline --json` prints; times in timespan units since the stretch began.</summary>
internal sealed record TimelineReport(
    string File, string Recording, int From, double TimespanScale, IReadOnlyList<string> Outputs, IReadOnlyList<double> SampleTimes,
    IReadOnlyList<double[]> SampleOutputs, IReadOnlyList<double> CurveTimes, IReadOnlyList<double[]> CurveOutputs, HalfStepsReport HalfSteps);

/// <summary>The longest interval in one step and in two halves.</summary>
internal sealed record HalfStepsReport(int Sample, double Timespan, IReadOnlyList<double> OneStep, IReadOnlyList<double> TwoHalves, double Difference);
