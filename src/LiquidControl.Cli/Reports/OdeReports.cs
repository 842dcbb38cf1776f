namespace LiquidControl.Cli.Reports;

/// <summary>What `ode synapse --json` prints; errors are parts of the bound, gaps parts of |x0 - A|.</summary>
internal sealed record SynapseReport(
    int Count, long Seed, int Outside, double WorstUpper, double WorstLower, double LiquidGapMedian, double LiquidGapLargest);

/// <summary>What `ode closed-form --json` prints.</summary>
internal sealed record ClosedFormReport(string Network, double PaperError, IReadOnlyList<ClosedFormRow> Rows);

/// <summary>One form on one sequence: mean squared error of outputs, the same over their variance, and of states; infinite after an overflow.</summary>
internal sealed record ClosedFormRow(
    string Sequence, int Steps, string Form, bool ClosedLoop, double OutputError, double NormalisedError, double StateError);

/// <summary>What `ode solvers --json` prints.</summary>
internal sealed record SolversReport(string Network, string Sequence, int Steps, IReadOnlyList<SolverRow> Rows);

/// <summary>
/// One way to step: synapses evaluated a step, errors of the states against the solution (infinite if it did not get through), and time a step
/// as a multiple of the closed form's in the same round.
/// </summary>
internal sealed record SolverRow(
    string Name, double SynapsesAStep, double LargestError, double RmsError, double TimeRatioMedian, double TimeRatioWorst);
