using Microsoft.Win32.SafeHandles;

namespace LiquidControl.Realtime;

/// <summary>
/// Follows a ring. Each reader has its own place in it and proves each record whole by version and checksum; the writer does not know of it.
/// One thread a reader.
/// </summary>
public sealed unsafe class SharedRingReader : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly RingMemory _memory;
    private readonly byte* _slots;
    private readonly int _slotBytes;
    private readonly ulong _epoch;
    private long _next;

    private SharedRingReader(string path, SafeFileHandle file, RingMemory memory)
    {
        _path = path;
        _file = file;
        _memory = memory;
        _slots = memory.Slots;
        _slotBytes = memory.Header->SlotBytes;
        _epoch = memory.Header->Epoch;
        RecordBytes = (int)memory.Header->RecordBytes;
        Capacity = (int)memory.Header->Capacity;
        Description = memory.Description.ToArray();
        FromOldest();
    }

    public int RecordBytes { get; }

    public int Capacity { get; }

    /// <summary>What the writer says of its records.</summary>
    public byte[] Description { get; }

    public long WriterProcess => _memory.Header->WriterProcess;

    /// <summary>When the writer started, on the monotonic clock of its boot, ns.</summary>
    public long StartedNs => _memory.Header->StartedNs;

    /// <summary>False for a ring that a reboot has outlived: its times are of another clock.</summary>
    public bool IsOfThisBoot => _memory.Header->BootId == RingHeader.CurrentBoot();

    /// <summary>What the writer last said of the power of what it drives.</summary>
    public bool IsPowered => Volatile.Read(ref _memory.Header->Powered) != 0;

    /// <summary>Records written so far.</summary>
    public long Written => Volatile.Read(ref _memory.Header->Published);

    /// <summary>Records that were overwritten before this reader came to them.</summary>
    public long Lost { get; private set; }

    /// <summary>Records passed over because their checksum was wrong.</summary>
    public long Corrupt { get; private set; }

    /// <summary>Starts with the oldest record there is.</summary>
    /// <exception cref="FileNotFoundException">There is no ring.</exception>
    /// <exception cref="RingFormatException">It is none, or one of another version, or damaged.</exception>
    public static SharedRingReader Open(string path)
    {
        SafeFileHandle file = RingFile.TryOpen(path, FileAccess.Read)
            ?? throw new FileNotFoundException(
                $"{path}: found no such file, expected the ring of a running liquidcontrold. Start the daemon, or check the path.");
        RingMemory? memory = null;
        try
        {
            long bytes = RandomAccess.GetLength(file);
            RingFile.ReadHeader(file).ThrowIfForeign(path, bytes);
            memory = new(file, bytes, writable: false);
            if (memory.Header->Checksum != memory.Header->ChecksumOf(memory.Description))
            {
                throw new RingFormatException(
                    path, "header's checksum", $"{memory.Header->Checksum:x8}", $"{memory.Header->ChecksumOf(memory.Description):x8}",
                    "The header is damaged: restart the daemon, which makes a new ring.");
            }

            return new(path, file, memory);
        }
        catch
        {
            memory?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <summary>On with the oldest record that is still there.</summary>
    public void FromOldest() => _next = Oldest(Written);

    /// <summary>On with the next record to be written.</summary>
    public void FromNewest() => _next = Written;

    /// <summary>Copies the next record. No system call, 0 bytes allocated.</summary>
    /// <param name="record">At least <see cref="RecordBytes"/> long.</param>
    /// <param name="sequence">The record's number, from 0; a gap is what was lost in between.</param>
    public RingRead TryRead(Span<byte> record, out long sequence)
    {
        Span<byte> copy = record[..RecordBytes];
        while (true)
        {
            long written = Written;
            sequence = _next;
            if (_next >= written)
                return RingRead.Empty;
            if (_next < Oldest(written))
            {
                SkipFrom(written);
                continue;
            }

            byte* slot = _slots + sequence % Capacity * _slotBytes;
            long version = SequenceLock.BeginRead(in RingSlot.Version(slot));
            RingSlot.Payload(slot, RecordBytes).CopyTo(copy);
            uint checksum = RingSlot.Checksum(slot);
            bool whole = SequenceLock.EndRead(in RingSlot.Version(slot), version) && version == RingSlot.WholeVersion(sequence);
            if (!whole && sequence < Oldest(Written))
                continue;
            _next++;
            if (whole && checksum == RecordChecksum.OfRecord(_epoch, sequence, copy))
                return RingRead.Record;
            Corrupt++;
            return RingRead.Corrupt;
        }
    }

    /// <summary>Asks the kernel; for a reader that finds nothing new.</summary>
    public RingWriterState Writer()
    {
        if (RingFile.EpochAt(_path) is var now && now != 0 && now != _epoch)
            return RingWriterState.Replaced;
        if (Volatile.Read(ref _memory.Header->Ended) != 0)
            return RingWriterState.Ended;
        return FileLock.IsHeld(_file) ? RingWriterState.Writing : RingWriterState.Died;
    }

    public void Dispose()
    {
        _memory.Dispose();
        _file.Dispose();
    }

    /// <summary>The slot one further back is the writer's next.</summary>
    private long Oldest(long written) => Math.Max(0, written - Capacity + 1);

    /// <summary>Overtaken: leaves a quarter of the ring as a lead, or the writer would be there again at once.</summary>
    private void SkipFrom(long written)
    {
        long next = Math.Min(written, Oldest(written) + Capacity / 4);
        Lost += next - _next;
        _next = next;
    }
}
