using LiquidControl.Devices.Buses;

namespace LiquidControl.Devices.Tests.Buses;

/// <summary>The error numbers Linux gives for what happens on a bus (asm-generic/errno.h, i2c/fault-codes.rst).</summary>
internal static class LinuxErrors
{
    public static int Number(BusResult result) => result switch
    {
        BusResult.Nak => 121,
        BusResult.Timeout => 110,
        BusResult.ArbitrationLost => 11,
        BusResult.NoDevice => 19,
        BusResult.Refused => 22,
        _ => 5,
    };
}
