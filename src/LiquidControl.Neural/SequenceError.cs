namespace LiquidControl.Neural;

/// <summary>How far one run lies from the recorded one.</summary>
/// <param name="Name">The sequence's name.</param>
/// <param name="Steps">Steps that were run.</param>
/// <param name="Result">Ok, or what stopped the run at that step; the errors are infinite then.</param>
/// <param name="OutputError">Largest absolute difference of an output from the reference in double.</param>
/// <param name="StateError">Largest absolute difference of a state from the reference in double.</param>
/// <param name="Tolerance">The largest error allowed of either.</param>
public sealed record SequenceError(
    string Name, int Steps, StepResult Result, double OutputError, double StateError, double Tolerance)
{
    public bool Passed => OutputError <= Tolerance && StateError <= Tolerance;
}
