using LiquidControl.Realtime;

namespace LiquidControl.Service.Jitter;

/// <summary>The loop's body: warms up until the first measured deadline, then counts until the last, its own allocations too.</summary>
internal sealed class JitterBody(ArmCycle arm, TimingLog log, long firstNs, long endNs) : ICycleBody
{
    private long _bytesBefore;
    private int _collectionsBefore;

    /// <summary>Managed memory that the loop's thread took while it was measured.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Of the whole process while it was measured.</summary>
    public int Collections { get; private set; }

    public bool Run(long deadlineNs, long skipped)
    {
        if (deadlineNs >= firstNs && log.Count == 0)
        {
            _collectionsBefore = GC.CollectionCount(0);
            _bytesBefore = GC.GetAllocatedBytesForCurrentThread();
        }

        arm.Step(skipped);
        return deadlineNs < endNs;
    }

    public void Finished(in CycleTiming timing)
    {
        if (timing.DeadlineNs < firstNs || log.IsFull)
            return;
        log.Add(timing);
        AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - _bytesBefore;
        Collections = GC.CollectionCount(0) - _collectionsBefore;
    }
}
