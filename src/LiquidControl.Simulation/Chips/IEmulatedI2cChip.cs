namespace LiquidControl.Simulation.Chips;

/// <summary>A chip on an emulated I2C bus, as the wire sees it.</summary>
public interface IEmulatedI2cChip
{
    /// <summary>Whether the chip acknowledges this address now.</summary>
    bool Answers(int address);

    /// <summary>The bytes after the address of a write; false when the chip refuses one of them.</summary>
    bool Write(ReadOnlySpan<byte> bytes);

    /// <summary>The chip drives every byte of <paramref name="bytes"/>.</summary>
    void Read(Span<byte> bytes);
}
