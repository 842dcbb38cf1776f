namespace LiquidControl.Benchmarks.Tests;

/// <summary>What the command printed where, and its exit code.</summary>
internal sealed record QuickBenchRun(int ExitCode, string Output, string Error);
