namespace LiquidControl.Realtime;

/// <summary>
/// The newest value, in memory of the caller's: native, or shared between processes. One writer, any number of readers; nobody waits and
/// nothing is allocated. A value caught half-written is read the next time.
/// </summary>
/// <typeparam name="T">Of the value; of one size on both sides.</typeparam>
public readonly unsafe struct Mailbox<T>
    where T : unmanaged
{
    private const int ValueOffset = 64;

    private readonly byte* _memory;

    /// <param name="memory"><see cref="Bytes"/> long, aligned to 8, zero at first, and there for as long as this is used.</param>
    public Mailbox(byte* memory) => _memory = memory;

    public static int Bytes => ValueOffset + sizeof(T);

    private ref long Version => ref *(long*)_memory;

    private ref T Value => ref *(T*)(_memory + ValueOffset);

    /// <summary>Leaves a value; the one before it is gone.</summary>
    public void Post(in T value)
    {
        long version = Version;

        // A writer that was killed half-way has left it odd.
        version += version & 1;
        SequenceLock.BeginWrite(ref Version, version + 1);
        Value = value;
        SequenceLock.EndWrite(ref Version, version + 2);
    }

    /// <summary>Copies a value newer than <paramref name="seen"/> (0 at first); false when there is none or it is being written.</summary>
    public bool TryTake(ref long seen, out T value)
    {
        long before = SequenceLock.BeginRead(in Version);
        value = default;
        if (before == seen || (before & 1) != 0)
            return false;
        T copy = Value;
        if (!SequenceLock.EndRead(in Version, before))
            return false;
        value = copy;
        seen = before;
        return true;
    }
}
