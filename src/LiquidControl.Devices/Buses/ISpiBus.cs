namespace LiquidControl.Devices.Buses;

/// <summary>One chip select of an SPI controller, mode and clock already set. No transfer throws.</summary>
public interface ISpiBus
{
    /// <summary>In one call.</summary>
    const int MaxFrames = 16;

    /// <summary>What a person calls this bus in an error message, for example <c>spi0.0</c>.</summary>
    string Name { get; }

    /// <summary>Time spent in transfers since the bus was opened, ns: wire time when emulated, measured when real.</summary>
    long BusyNs { get; }

    /// <summary>
    /// Full duplex in frames, one after the other: the chip select is asserted for each, and released between them. Both spans have the same
    /// length, a whole number of frames, 1 to <see cref="MaxFrames"/>. When the result is not <see cref="BusResult.Ok"/>, an error ended the
    /// call in one of the frames, and the content of <paramref name="read"/> means nothing.
    /// </summary>
    BusResult Transfer(ReadOnlySpan<byte> write, Span<byte> read, int frameLength);

    /// <summary>Whether these spans are what <see cref="Transfer"/> asks for.</summary>
    static bool AreFrames(ReadOnlySpan<byte> write, ReadOnlySpan<byte> read, int frameLength) =>
        frameLength > 0 && write.Length == read.Length && write.Length % frameLength == 0 && write.Length / frameLength is > 0 and <= MaxFrames;
}
