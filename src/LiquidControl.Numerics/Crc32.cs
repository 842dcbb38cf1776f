namespace LiquidControl.Numerics;

/// <summary>
/// The checksum of zip entries and MCAP files: the reflected polynomial 0xEDB88320 (ISO 3309). BitOperations.Crc32C is another.
/// </summary>
public static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(index => Entry((uint)index))];

    public static uint Of(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>Goes on from the checksum of the bytes before; of none it is 0.</summary>
    public static uint Append(uint before, ReadOnlySpan<byte> bytes)
    {
        uint remainder = ~before;
        foreach (byte value in bytes) remainder = Table[(byte)(remainder ^ value)] ^ (remainder >> 8);
        return ~remainder;
    }

    private static uint Entry(uint index)
    {
        for (int bit = 0; bit < 8; bit++) index = (index >> 1) ^ ((index & 1) * 0xEDB88320u);
        return index;
    }
}
