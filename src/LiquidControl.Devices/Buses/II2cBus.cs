namespace LiquidControl.Devices.Buses;

/// <summary>One I2C bus. No transfer throws; adapters allocate neither on success nor on error unless they say so.</summary>
public interface II2cBus
{
    /// <summary>What a person calls this bus in an error message, for example <c>i2c-1</c>.</summary>
    string Name { get; }

    /// <summary>Time spent in transfers since the bus was opened, ns: wire time when emulated, measured when real.</summary>
    long BusyNs { get; }

    /// <summary>
    /// Writes to a 7-bit address (0x03 to 0x77), then reads after a repeated start, in one transaction; either part may be empty, not both.
    /// When the result is not <see cref="BusResult.Ok"/>, the content of <paramref name="read"/> means nothing.
    /// </summary>
    BusResult Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read);
}
