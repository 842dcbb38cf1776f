using Microsoft.Win32.SafeHandles;

namespace LiquidControl.Realtime;

/// <summary>
/// The one writer of a ring of records in shared memory, oldest overwritten. Readers map it read-only and cannot disturb it: it never looks
/// at them. <see cref="Begin"/> and <see cref="Commit"/> make no system call and allocate nothing. Put it on tmpfs (/dev/shm, /run): on a disk
/// the kernel's write-back may hold a store.
/// </summary>
public sealed unsafe class SharedRingWriter : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly RingMemory _memory;
    private readonly byte* _slots;
    private readonly int _slotBytes;
    private readonly ulong _epoch;
    private byte* _slot;

    private SharedRingWriter(SafeFileHandle file, RingMemory memory)
    {
        _file = file;
        _memory = memory;
        _slots = _slot = memory.Slots;
        _slotBytes = memory.Header->SlotBytes;
        _epoch = memory.Header->Epoch;
        RecordBytes = (int)memory.Header->RecordBytes;
        Capacity = (int)memory.Header->Capacity;
    }

    public int RecordBytes { get; }

    public int Capacity { get; }

    /// <summary>Records so far.</summary>
    public long Written { get; private set; }

    /// <summary>
    /// Makes a new ring on the path, whole before anybody can see it, readable by owner and group. The ring of a writer that has ended, or
    /// died, makes way; what its readers still have mapped stays as it was.
    /// </summary>
    /// <param name="path">In an existing directory.</param>
    /// <param name="recordBytes">1 to 65536.</param>
    /// <param name="capacity">Records, 2 to 1048576.</param>
    /// <param name="description">For readers, at most 1 MiB: what the records hold. Not looked at here.</param>
    /// <exception cref="RingInUseException">A writer lives.</exception>
    /// <exception cref="RingFormatException">What lies there is no ring, and is left alone.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static SharedRingWriter Create(string path, int recordBytes, int capacity, ReadOnlySpan<byte> description)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(recordBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recordBytes, RingHeader.LargestRecord);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, RingHeader.LargestCapacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(description.Length, RingHeader.LargestDescription);
        RingHeader header = RingHeader.For(recordBytes, capacity, description.Length);
        header.Checksum = header.ChecksumOf(description);
        while (true)
        {
            // Held until the new ring has taken its place, so that only one of several that start can replace it.
            using SafeFileHandle? old = RingFile.TryOpen(path, FileAccess.ReadWrite);
            if (old is not null && !TakeOver(path, old))
                continue;
            if (TryPlace(path, header, description, replace: old is not null) is { } writer)
                return writer;
        }
    }

    /// <summary>Whether what the writer drives may have power: to be said before it gets it, so that a writer that dies then has said so.</summary>
    public bool IsPowered
    {
        get => _memory.Header->Powered != 0;
        set => Volatile.Write(ref _memory.Header->Powered, value ? 1u : 0);
    }

    /// <summary>The next record's place, for the caller to fill whole; it still holds one long overwritten.</summary>
    public Span<byte> Begin()
    {
        SequenceLock.BeginWrite(ref RingSlot.Version(_slot), RingSlot.WritingVersion(Written));
        return RingSlot.Payload(_slot, RecordBytes);
    }

    /// <summary>Readers may see it from here on. Once for each <see cref="Begin"/>.</summary>
    public void Commit()
    {
        RingSlot.Checksum(_slot) = RecordChecksum.OfRecord(_epoch, Written, RingSlot.Payload(_slot, RecordBytes));
        SequenceLock.EndWrite(ref RingSlot.Version(_slot), RingSlot.WholeVersion(Written));
        Written++;
        Volatile.Write(ref _memory.Header->Published, Written);
        bool wraps = Written % Capacity == 0;
        _slot = wraps ? _slots : _slot + _slotBytes;
    }

    /// <summary>Says that this was the end; the file stays, for whoever wants to know how it ended.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _memory.Header->Ended, 1);
        _memory.Dispose();
        _file.Dispose();
    }

    /// <summary>False: another ring has taken its place meanwhile.</summary>
    private static bool TakeOver(string path, SafeFileHandle old)
    {
        RingHeader found = RingFile.ReadHeader(old);
        if (found.Magic != RingHeader.MagicNumber)
            found.ThrowIfForeign(path, RandomAccess.GetLength(old));
        if (!FileLock.TryTake(old))
            throw new RingInUseException(path, found.WriterProcess);
        return RingFile.EpochAt(path) == found.Epoch;
    }

    private static SharedRingWriter? TryPlace(string path, in RingHeader header, ReadOnlySpan<byte> description, bool replace)
    {
        SafeFileHandle file = RingFile.CreateUnnamed(path, header.FileBytes, out string temporary);
        RingMemory? memory = null;
        try
        {
            _ = FileLock.TryTake(file);
            memory = new(file, header.FileBytes, writable: true);
            *memory.Header = header;
            description.CopyTo(new Span<byte>((byte*)memory.Header + RingHeader.Bytes, description.Length));
            Touch(memory);
            if (RingFile.TryName(temporary, path, replace))
                return new(file, memory);
        }
        catch
        {
            memory?.Dispose();
            file.Dispose();
            File.Delete(temporary);
            throw;
        }

        memory.Dispose();
        file.Dispose();
        return null;
    }

    private static void Touch(RingMemory memory)
    {
        for (long at = 0; at < memory.Length; at += int.MaxValue)
            Prefault.Touch(new((byte*)memory.Header + at, (int)Math.Min(int.MaxValue, memory.Length - at)));
    }
}
