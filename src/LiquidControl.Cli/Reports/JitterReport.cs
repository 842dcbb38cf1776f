using LiquidControl.Cli.Benchmarks.Jitter;

namespace LiquidControl.Cli.Reports;

/// <summary>What `bench jitter --json` prints; lateness is from the deadline until the thread ran.</summary>
/// <param name="Cycles">Of the loop that were measured.</param>
/// <param name="Skipped">Its periods that were let go because the cycle before ended too late.</param>
/// <param name="ReferenceSkipped">The same of the C thread.</param>
/// <param name="Rate">Hz.</param>
/// <param name="Load">Beside it.</param>
/// <param name="P50Us">Of the loop's lateness.</param>
/// <param name="P99Us">Of the loop's lateness.</param>
/// <param name="P999Us">Of the loop's lateness.</param>
/// <param name="MaxUs">Of the loop's lateness.</param>
/// <param name="WorkP50Us">From waking until the cycle's work was done.</param>
/// <param name="WorkMaxUs">The same; stalls in the middle of the work are in it.</param>
/// <param name="Misses">Cycles of the loop later than <paramref name="LimitUs"/>.</param>
/// <param name="LimitUs">What a miss is.</param>
/// <param name="ReferenceP50Us">Of the C thread's lateness.</param>
/// <param name="ReferenceP999Us">Of the C thread's lateness.</param>
/// <param name="ReferenceMaxUs">Of the C thread's lateness.</param>
/// <param name="ReferenceMisses">Of the C thread.</param>
/// <param name="UnexplainedMisses">Misses of the loop without one of the C thread within 2 ms.</param>
/// <param name="UnexplainedReferenceMisses">The other way round.</param>
/// <param name="ControlUnexplainedMisses">Those of a second C thread in the loop's place, in the same run; null if none was asked for.</param>
/// <param name="WorstRatioToReference">The loop's longest lateness as a multiple of the C thread's.</param>
/// <param name="CyclictestMaxUs">Null where cyclictest is not installed.</param>
/// <param name="AllocatedBytes">Managed memory that the loop's thread took.</param>
/// <param name="BusFaults">Put on the buses.</param>
/// <param name="ResidentKiB">Of the daemon.</param>
/// <param name="ReadyMs">From the daemon's start until its loop could begin.</param>
/// <param name="IsNative">Whether the daemon was compiled ahead of time.</param>
/// <param name="IsRealtime">Whether the kernel gave the loop real-time scheduling.</param>
/// <param name="Refusals">What the kernel refused, with what to do.</param>
/// <param name="Allocation">What the allocating process did; null where none ran.</param>
/// <param name="IsKept">Whether the verdict is good.</param>
/// <param name="Verdict">In words.</param>
internal sealed record JitterReport(
    int Cycles, long Skipped, long ReferenceSkipped, int Rate, string Load, double P50Us, double P99Us, double P999Us, double MaxUs, double WorkP50Us,
    double WorkMaxUs, int Misses, double LimitUs, double ReferenceP50Us, double ReferenceP999Us, double ReferenceMaxUs, int ReferenceMisses, int UnexplainedMisses,
    int UnexplainedReferenceMisses, int? ControlUnexplainedMisses, double WorstRatioToReference, double? CyclictestMaxUs, long AllocatedBytes,
    long BusFaults, long ResidentKiB, double ReadyMs, bool IsNative, bool IsRealtime, string[] Refusals, AllocationReport? Allocation, bool IsKept,
    string Verdict);
