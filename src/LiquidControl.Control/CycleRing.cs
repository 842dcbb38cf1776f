namespace LiquidControl.Control;

/// <summary>
/// The last cycles, oldest overwritten: the black box. One writer (the cycle); readers copy while the cycle stands still, for instance
/// after a fault.
/// </summary>
public sealed class CycleRing
{
    private readonly CycleRecord[] _records;

    public CycleRing(int capacity, int jointCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _records = new CycleRecord[capacity];
        for (int i = 0; i < capacity; i++)
            _records[i] = new CycleRecord(jointCount);
    }

    /// <summary>Cycles recorded so far.</summary>
    public long Written { get; private set; }

    public int Capacity => _records.Length;

    /// <summary>How many records can be read.</summary>
    public int Count => (int)Math.Min(Written, _records.Length);

    /// <summary>The record of age 0 (newest) to Count - 1 (oldest).</summary>
    public CycleRecord Newest(int age)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(age);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(age, Count);
        return _records[(int)((Written - 1 - age) % _records.Length)];
    }

    /// <summary>The slot the cycle fills next; it counts as written from <see cref="Commit"/> on.</summary>
    internal CycleRecord Next => _records[(int)(Written % _records.Length)];

    internal void Commit() => Written++;
}
