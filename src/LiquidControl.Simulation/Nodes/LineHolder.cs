namespace LiquidControl.Simulation.Nodes;

/// <summary>Who has requested a GPIO line; the default is nobody.</summary>
internal readonly record struct LineHolder(string? Consumer, bool IsOutput);
