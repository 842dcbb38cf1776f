namespace LiquidControl.Realtime;

/// <summary>A place for one record: version (8 bytes), checksum (4), unused (4), then the record.</summary>
internal static unsafe class RingSlot
{
    public const int PayloadOffset = 16;

    private const int ChecksumOffset = 8;

    /// <summary>While the record is being written.</summary>
    public static long WritingVersion(long sequence) => 2 * sequence + 1;

    /// <summary>Once it is whole.</summary>
    public static long WholeVersion(long sequence) => 2 * sequence + 2;

    public static ref long Version(byte* slot) => ref *(long*)slot;

    public static ref uint Checksum(byte* slot) => ref *(uint*)(slot + ChecksumOffset);

    public static Span<byte> Payload(byte* slot, int bytes) => new(slot + PayloadOffset, bytes);
}
