namespace LiquidControl.Simulation;

/// <summary>
/// Managed bytes that this thread allocates between <see cref="Start"/> and <see cref="Stop"/>, summed up. A collection that another
/// thread causes in between counts what is left of this thread's allocation buffer (up to 8 KiB) as allocated, so such a measurement is
/// left out: a cycle that allocates shows in all the others.
/// </summary>
public struct AllocationMeter
{
    private long _bytes;
    private int _collections;

    /// <summary>Bytes so far.</summary>
    public long Total { get; private set; }

    public void Start()
    {
        _collections = GC.CollectionCount(0);
        _bytes = GC.GetAllocatedBytesForCurrentThread();
    }

    public void Stop()
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread() - _bytes;
        if (GC.CollectionCount(0) == _collections)
            Total += bytes;
    }
}
