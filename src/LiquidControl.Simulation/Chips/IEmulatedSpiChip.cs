namespace LiquidControl.Simulation.Chips;

/// <summary>A chip, or a chain of them, behind one emulated chip select.</summary>
public interface IEmulatedSpiChip
{
    /// <summary>One assertion of the chip select: both spans have the same length.</summary>
    void Exchange(ReadOnlySpan<byte> write, Span<byte> read);
}
