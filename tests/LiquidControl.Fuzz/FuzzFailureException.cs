namespace LiquidControl.Fuzz;

/// <summary>A reader broke a promise.</summary>
internal sealed class FuzzFailureException(string message) : Exception(message);
