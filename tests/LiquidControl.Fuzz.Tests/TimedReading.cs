namespace LiquidControl.Fuzz.Tests;

/// <summary>The collection of all tests here. Processor time is counted for the whole process: nothing may run beside a reader that is timed.</summary>
internal static class TimedReading
{
    public const string Collection = "timed reading";
}
