namespace LiquidControl.Cli.Benchmarks.Jitter;

/// <summary>The daemon's loop, and what ran beside it.</summary>
/// <param name="Report">The daemon's own.</param>
/// <param name="Loop">Its cycles.</param>
/// <param name="Reference">Those of the C thread.</param>
/// <param name="Control">Those of a second C thread; null where none ran.</param>
/// <param name="ReferenceErrors">What the C thread was refused; empty if nothing.</param>
/// <param name="Allocation">Of the allocating process; null where none ran.</param>
/// <param name="CyclictestMaxUs">Null where cyclictest is not installed.</param>
internal sealed record DaemonRun(
    DaemonJitter Report, LatenessSeries Loop, LatenessSeries Reference, LatenessSeries? Control, string ReferenceErrors, AllocationReport? Allocation,
    double? CyclictestMaxUs);

/// <summary>What `liquidcontrold jitter` prints, as far as it is used here; µs.</summary>
internal sealed record DaemonJitter(
    int Cycles, long Skipped, DaemonLatencies Work, long AllocatedBytes, int Collections, long BusFaults, long Fallbacks, double ReadyMs,
    long ResidentKiB, bool IsNative, DaemonGrant[] Grants);

/// <summary>µs.</summary>
internal sealed record DaemonLatencies(double P50, double P99, double P999, double Max);

/// <summary>One request to the kernel and its answer.</summary>
internal sealed record DaemonGrant(string Subject, bool IsGranted, string Words, string Fix);
