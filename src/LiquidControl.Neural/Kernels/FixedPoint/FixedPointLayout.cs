namespace LiquidControl.Neural.Kernels;

/// <summary>Where in the memory of a state everything lies, each on cache lines of its own.</summary>
internal sealed unsafe class FixedPointLayout
{
    private const int Alignment = 64;

    /// <summary>Bytes in all.</summary>
    public int Size { get; private set; }

    /// <summary>Room for numbers, and behind them for a vector that begins at the last one.</summary>
    /// <returns>Its offset, in bytes.</returns>
    public int Reserve<T>(int length) where T : unmanaged => Reserve(length, sizeof(T));

    /// <param name="length">Numbers.</param>
    /// <param name="elementSize">In bytes.</param>
    public int Reserve(int length, int elementSize)
    {
        int offset = Size;
        int bytes = checked(length * elementSize + Alignment);
        Size = checked(offset + (bytes + Alignment - 1) / Alignment * Alignment);
        return offset;
    }
}
