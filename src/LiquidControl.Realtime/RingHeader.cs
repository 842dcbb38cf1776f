using System.Runtime.InteropServices;
using System.Text;

namespace LiquidControl.Realtime;

/// <summary>The first bytes of a ring's file, little-endian; the description follows, and from <see cref="SlotsOffset"/> on the slots.</summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal unsafe struct RingHeader
{
    public const int Bytes = 256;

    /// <summary>LQDCRING.</summary>
    public const ulong MagicNumber = 0x474E_4952_4344_514C;

    public const uint CurrentVersion = 1;

    public const int LargestDescription = 1 << 20;

    public const int LargestRecord = 1 << 16;

    public const int LargestCapacity = 1 << 20;

    private const int Page = 4096;
    private const int CacheLine = 64;
    private const int ChecksummedBytes = 72;
    private const int BootIdBytes = 16;

    [FieldOffset(0)] public ulong Magic;
    [FieldOffset(8)] public uint Version;
    [FieldOffset(12)] public uint RecordBytes;
    [FieldOffset(16)] public uint Capacity;
    [FieldOffset(20)] public uint DescriptionBytes;

    /// <summary>Another for every writer: tells a ring from the one that took its place.</summary>
    [FieldOffset(24)] public ulong Epoch;

    [FieldOffset(32)] public long WriterProcess;

    /// <summary>On the monotonic clock, ns.</summary>
    [FieldOffset(40)] public long StartedNs;

    /// <summary>Of the boot that the monotonic clock counts from.</summary>
    [FieldOffset(48)] public fixed byte Boot[BootIdBytes];

    [FieldOffset(ChecksummedBytes)] public uint Checksum;

    /// <summary>1 once the writer has ended as it should.</summary>
    [FieldOffset(76)] public uint Ended;

    /// <summary>1 while what the writer drives may have power.</summary>
    [FieldOffset(80)] public uint Powered;

    /// <summary>Records written so far. In a cache line of its own, for it changes with every record.</summary>
    [FieldOffset(128)] public long Published;

    /// <summary>Where the slots begin: on a page.</summary>
    public readonly long SlotsOffset => RoundUp(Bytes + DescriptionBytes, Page);

    public readonly int SlotBytes => (int)RoundUp(RingSlot.PayloadOffset + RecordBytes, CacheLine);

    public readonly long FileBytes => SlotsOffset + (long)Capacity * SlotBytes;

    /// <summary>A header for a new writer, all but its checksum.</summary>
    public static RingHeader For(int recordBytes, int capacity, int descriptionBytes)
    {
        RingHeader header = new()
        {
            Magic = MagicNumber,
            Version = CurrentVersion,
            RecordBytes = (uint)recordBytes,
            Capacity = (uint)capacity,
            DescriptionBytes = (uint)descriptionBytes,
            Epoch = NewEpoch(),
            WriterProcess = Environment.ProcessId,
            StartedNs = MonotonicClock.NowNs,
        };
        CurrentBoot().TryWriteBytes(new Span<byte>(header.Boot, BootIdBytes));
        return header;
    }

    /// <summary>Of the fields that never change, and the description.</summary>
    public readonly uint ChecksumOf(ReadOnlySpan<byte> description)
    {
        ReadOnlySpan<byte> all = MemoryMarshal.AsBytes(new ReadOnlySpan<RingHeader>(in this));
        return RecordChecksum.Of(RecordChecksum.Of(0, all[..ChecksummedBytes]), description);
    }

    /// <summary>Which boot of this machine this is; empty where the kernel does not say.</summary>
    public static Guid CurrentBoot()
    {
        const string Source = "/proc/sys/kernel/random/boot_id";
        return File.Exists(Source) && Guid.TryParse(File.ReadAllText(Source).AsSpan().Trim(), out Guid boot) ? boot : Guid.Empty;
    }

    public readonly Guid BootId
    {
        get
        {
            fixed (byte* boot = Boot)
                return new Guid(new ReadOnlySpan<byte>(boot, BootIdBytes));
        }
    }

    /// <summary>
    /// Throws <see cref="RingFormatException"/> unless this is the header of a ring of this version whose size is <paramref name="fileBytes"/>.
    /// </summary>
    public readonly void ThrowIfForeign(string path, long fileBytes)
    {
        const string NotOne = "Check the path; a ring is made by a running liquidcontrold.";
        if (Magic != MagicNumber)
            throw new RingFormatException(path, "first 8 bytes", Shown(Magic), Shown(MagicNumber), NotOne);
        if (Version != CurrentVersion)
            throw new RingFormatException(path, "format version", $"{Version}", $"{CurrentVersion}", "Use a reader and a daemon of the same release.");
        bool plausible = RecordBytes is >= 1 and <= LargestRecord && Capacity is >= 2 and <= LargestCapacity && DescriptionBytes <= LargestDescription;
        if (!plausible)
        {
            throw new RingFormatException(
                path, "layout", $"{Capacity} records of {RecordBytes} bytes, {DescriptionBytes} of description",
                $"2 to {LargestCapacity} records of 1 to {LargestRecord} bytes, at most {LargestDescription} of description",
                "The header is damaged: restart the daemon, which makes a new ring.");
        }

        if (fileBytes != FileBytes)
        {
            throw new RingFormatException(
                path, "file size", $"{fileBytes} bytes", $"{FileBytes}", "The file was cut: restart the daemon, which makes a new ring.");
        }
    }

    /// <summary>62 random bits, and two that are never both 0. Not RandomNumberGenerator: that loads 4 MB of OpenSSL.</summary>
    private static ulong NewEpoch()
    {
        Span<byte> bytes = stackalloc byte[BootIdBytes];
        Guid.NewGuid().TryWriteBytes(bytes);
        return BitConverter.ToUInt64(bytes[sizeof(ulong)..]);
    }

    /// <summary>Text where it is some.</summary>
    private static string Shown(ulong magic)
    {
        string text = Encoding.Latin1.GetString(new ReadOnlySpan<byte>(&magic, sizeof(ulong)));
        return text.All(letter => letter is >= ' ' and <= '~') ? $"\"{text}\"" : $"0x{magic:x16}";
    }

    private static long RoundUp(long bytes, int unit) => (bytes + unit - 1) / unit * unit;
}
