namespace LiquidControl.Cli.Benchmarks.Jitter;

/// <summary>What the allocating process did meanwhile.</summary>
/// <param name="AllocatedMb">MB in all.</param>
/// <param name="Collections">Of its garbage collector.</param>
/// <param name="PauseMs">In which all its threads stood.</param>
/// <param name="RecordsRead">Of the loop's ring, each proved whole.</param>
/// <param name="RecordsLost">Overwritten before they were read.</param>
/// <param name="RecordsCorrupt">Whose checksum was wrong.</param>
internal sealed record AllocationReport(
    double AllocatedMb, int Collections, double PauseMs, long RecordsRead, long RecordsLost, long RecordsCorrupt);
