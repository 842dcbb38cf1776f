using System.Text.Json.Serialization;

namespace LiquidControl.Service.Jitter;

/// <summary>What `liquidcontrold jitter` prints; times in µs unless named otherwise.</summary>
/// <param name="Cycles">Measured.</param>
/// <param name="Skipped">Periods let go among them.</param>
/// <param name="PeriodNs">Of the loop.</param>
/// <param name="Wake">From the deadline until the loop ran.</param>
/// <param name="Work">From then until the cycle's work was done.</param>
/// <param name="AllocatedBytes">Managed memory that the loop's thread took.</param>
/// <param name="Collections">By the process's collector while it was measured.</param>
/// <param name="BusFaults">Put on the buses.</param>
/// <param name="Fallbacks">Times the arm was not active and was set going again.</param>
/// <param name="Moves">Begun.</param>
/// <param name="FinalState">Of the controller.</param>
/// <param name="ReadyMs">From the start of the process until the loop could begin.</param>
/// <param name="ResidentKiB">VmRSS at the end.</param>
/// <param name="IsNative">Compiled ahead of time.</param>
/// <param name="Grants">What was asked of the kernel, and its answers.</param>
internal sealed record JitterReport(
    int Cycles, long Skipped, long PeriodNs, Latencies Wake, Latencies Work, long AllocatedBytes, int Collections, long BusFaults, long Fallbacks,
    long Moves, string FinalState, double ReadyMs, long ResidentKiB, bool IsNative, GrantReport[] Grants);

/// <summary>Percentiles and the longest, µs.</summary>
internal sealed record Latencies(double P50, double P99, double P999, double Max);

/// <summary>One request to the kernel; the fix is empty where it was granted.</summary>
internal sealed record GrantReport(string Subject, bool IsGranted, string Words, string Fix);

/// <summary>Made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JitterReport))]
internal sealed partial class JitterJson : JsonSerializerContext;
