namespace LiquidControl.Devices.Buses;

/// <summary>One chip select of an SPI controller, mode and clock already set. No transfer throws.</summary>
public interface ISpiBus
{
    /// <summary>What a person calls this bus in an error message, for example <c>spi0.0</c>.</summary>
    string Name { get; }

    /// <summary>Time spent in transfers since the bus was opened, ns: wire time when emulated, measured when real.</summary>
    long BusyNs { get; }

    /// <summary>
    /// Full duplex in one assertion of the chip select; both spans have the same length, at least one byte.
    /// When the result is not <see cref="BusResult.Ok"/>, the content of <paramref name="read"/> means nothing.
    /// </summary>
    BusResult Transfer(ReadOnlySpan<byte> write, Span<byte> read);
}
