namespace LiquidControl.Neural.Explanation;

/// <summary>A column of a wiring: its role and how many inputs or neurons it has.</summary>
/// <param name="Role">"sensory", "inter", "command", "motor", or "hidden" for neurons of one layer that are no outputs.</param>
/// <param name="Count">Above zero.</param>
public readonly record struct WiringColumn(string Role, int Count);
