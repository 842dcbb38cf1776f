namespace LiquidControl.Control;

/// <summary>
/// The only way in: one writer leaves a goal, the cycle picks up the newest. A sequence lock, so neither side ever waits: a goal caught
/// half-written is read in the next cycle.
/// </summary>
public sealed class SetpointMailbox(int jointCount)
{
    private readonly double[] _goal = new double[jointCount];
    private long _version;

    /// <summary>Leaves a goal (rad, one a joint). Called by one thread at a time, never by the cycle.</summary>
    public void Post(ReadOnlySpan<double> goal)
    {
        if (goal.Length != _goal.Length)
            throw new ArgumentException($"A goal has {_goal.Length} joints, found {goal.Length}.", nameof(goal));
        Volatile.Write(ref _version, _version + 1);
        Interlocked.MemoryBarrier();
        goal.CopyTo(_goal);
        Volatile.Write(ref _version, _version + 1);
    }

    /// <summary>Goals left until now count as seen.</summary>
    public void Discard(ref long seen) => seen = Volatile.Read(ref _version);

    /// <summary>Copies a goal newer than <paramref name="seen"/>; false when there is none or it is being written.</summary>
    public bool TryTake(ref long seen, Span<double> goal)
    {
        long before = Volatile.Read(ref _version);
        if (before == seen || (before & 1) != 0)
            return false;
        _goal.CopyTo(goal);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _version) != before)
            return false;
        seen = before;
        return true;
    }
}
