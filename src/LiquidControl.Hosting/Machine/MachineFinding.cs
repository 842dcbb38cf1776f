namespace LiquidControl.Hosting.Machine;

/// <summary>What one check found, in words for the person at the machine.</summary>
/// <param name="Check">Name of the check, stable: scripts may rely on it.</param>
/// <param name="Result">What it says.</param>
/// <param name="Found">What is there.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Fix">A line to type that mends it; null where nothing is to be mended.</param>
public sealed record MachineFinding(string Check, CheckResult Result, string Found, string Expected, string? Fix);
