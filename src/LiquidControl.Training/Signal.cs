namespace LiquidControl.Training;

/// <summary>One feature or target: its name, unique in the set, and its SI unit, "1" for a pure number.</summary>
public readonly record struct Signal(string Name, string Unit);
