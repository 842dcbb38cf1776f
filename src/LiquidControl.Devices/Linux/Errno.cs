using System.Globalization;
using LiquidControl.Devices.Buses;

namespace LiquidControl.Devices.Linux;

/// <summary>Linux error numbers (asm-generic/errno.h), and as bus results (Documentation/i2c/fault-codes.rst of the kernel).</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int InputOutput = 5;
    public const int NoSuchDeviceOrAddress = 6;
    public const int TryAgain = 11;
    public const int Access = 13;
    public const int BadAddress = 14;
    public const int Busy = 16;
    public const int NoDevice = 19;
    public const int InvalidArgument = 22;
    public const int NotATerminal = 25;
    public const int NoSystemCall = 38;
    public const int MessageTooLong = 90;
    public const int NotSupported = 95;
    public const int TimedOut = 110;
    public const int RemoteIo = 121;

    public static BusResult Result(int errno) => errno switch
    {
        NoSuchDeviceOrAddress or RemoteIo => BusResult.Nak,
        TimedOut => BusResult.Timeout,
        TryAgain => BusResult.ArbitrationLost,
        NoDevice => BusResult.NoDevice,
        NotPermitted or Access or InvalidArgument or NotSupported => BusResult.Refused,
        _ => BusResult.IoError,
    };

    /// <summary>
    /// System.Device.Gpio 4.2 keeps the number only in its text, "Error 121 performing I2C data transfer.";
    /// a text without one gives <see cref="BusResult.IoError"/>.
    /// </summary>
    public static BusResult Result(IOException error)
    {
        const string Prefix = "Error ";
        ReadOnlySpan<char> text = error.Message;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return BusResult.IoError;
        }

        text = text[Prefix.Length..];
        int end = text.IndexOf(' ');
        return int.TryParse(end < 0 ? text : text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int errno)
            ? Result(errno)
            : BusResult.IoError;
    }
}
