using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiquidControl.Realtime;

/// <summary>CRC-32C (RFC 3720, section 12.1), which x64 and arm64 have an instruction for.</summary>
internal static class RecordChecksum
{
    /// <summary>Goes on from <paramref name="before"/>, 0 at first. Without the final inversion: both sides are ours.</summary>
    public static uint Of(uint before, ReadOnlySpan<byte> bytes)
    {
        uint sum = ~before;
        while (bytes.Length >= sizeof(ulong))
        {
            sum = BitOperations.Crc32C(sum, Unsafe.ReadUnaligned<ulong>(ref MemoryMarshal.GetReference(bytes)));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte one in bytes)
            sum = BitOperations.Crc32C(sum, one);
        return ~sum;
    }

    /// <summary>Of a record, its place in the sequence and the writer it came from.</summary>
    public static uint OfRecord(ulong epoch, long sequence, ReadOnlySpan<byte> payload)
    {
        uint sum = BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, epoch), (ulong)sequence);
        return Of(~sum, payload);
    }
}
