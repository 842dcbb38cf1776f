namespace LiquidControl.Devices.Buses;

/// <summary>The 7-bit addresses a chip may have; the others are reserved by the I2C specification (UM10204, table 3).</summary>
public static class I2cAddress
{
    public const int First = 0x03;

    public const int Last = 0x77;

    public static bool IsValid(int address) => address is >= First and <= Last;
}
