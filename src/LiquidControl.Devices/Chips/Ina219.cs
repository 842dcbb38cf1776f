using System.Buffers.Binary;
using LiquidControl.Control;
using LiquidControl.Devices.Buses;

namespace LiquidControl.Devices.Chips;

/// <summary>
/// TI INA219, supply voltage and shunt voltage. Registers: datasheet SBOS448G, tables 2 to 6, from memory; Linux ina2xx.c
/// reads the shunt register signed and shifts the bus register as this driver does. Configured for 32 V, ±320 mV, 12 bits, continuous: a new value every 1.06 ms.
/// </summary>
public sealed class Ina219(II2cBus bus, int address)
{
    private const string Chip = "INA219 (supply)";

    private const byte ConfigurationRegister = 0x00;
    private const byte ShuntRegister = 0x01;
    private const byte BusRegister = 0x02;

    private const ushort Reset = 0x8000;
    private const ushort Configuration = 0x399F;

    // Bus register: 15 to 3 the voltage, 1 conversion ready (stays set while only this register is read), 0 overflow of the power maths.
    private const int BusShift = 3;
    private const int ConversionReady = 1 << 1;
    private const int MaxBusCounts = 8000;

    /// <summary>The first conversion of both inputs, 2 · 532 µs.</summary>
    private static readonly TimeSpan FirstConversion = TimeSpan.FromMilliseconds(2);

    /// <summary>V of bus register counts.</summary>
    public static double BusVoltage(int counts) => counts * 4e-3;

    /// <summary>V across the shunt of shunt register counts.</summary>
    public static double ShuntVoltage(int counts) => counts * 10e-6;

    /// <summary>Resets and configures the chip, then waits for its first conversion. Throws <see cref="HardwareException"/>.</summary>
    public void Configure()
    {
        Require(Write(Reset));
        Require(Read(ConfigurationRegister, out ushort afterReset));
        if (afterReset != Configuration)
        {
            throw ChipError.At(
                bus, address, Chip, $"configuration 0x{afterReset:X4} after reset", $"0x{Configuration:X4}",
                "Check that no other chip has this address (a PCA9685 also starts at 0x40) and that the data line is not stuck.");
        }

        Require(Write(Configuration));
        Thread.Sleep(FirstConversion);
    }

    /// <summary>Supply voltage, 4 mV a count, 0 to 8000. OutOfRange when no conversion is ready or the value is beyond 32 V.</summary>
    public ChannelStatus ReadBus(out int counts)
    {
        BusResult result = Read(BusRegister, out ushort register);
        counts = register >> BusShift;
        if (result != BusResult.Ok)
        {
            return ChannelStatus.BusError;
        }

        return (register & ConversionReady) != 0 && counts <= MaxBusCounts ? ChannelStatus.Fresh : ChannelStatus.OutOfRange;
    }

    /// <summary>Voltage across the shunt, 10 µV a count, signed, -32000 to 32000.</summary>
    public ChannelStatus ReadShunt(out int counts)
    {
        BusResult result = Read(ShuntRegister, out ushort register);
        counts = (short)register;
        return result == BusResult.Ok ? ChannelStatus.Fresh : ChannelStatus.BusError;
    }

    private BusResult Write(ushort configuration) =>
        bus.Transfer(address, [ConfigurationRegister, (byte)(configuration >> 8), (byte)configuration], []);

    private BusResult Read(byte register, out ushort value)
    {
        Span<byte> reply = stackalloc byte[2];
        BusResult result = bus.Transfer(address, [register], reply);
        value = BinaryPrimitives.ReadUInt16BigEndian(reply);
        return result;
    }

    private void Require(BusResult result)
    {
        if (result != BusResult.Ok)
        {
            throw ChipError.At(
                bus, address, Chip, ChipError.Found(result), "an acknowledge",
                "Check its supply, SDA and SCL, and the address jumpers (A0 bridged is 0x41; 0x40 is the PCA9685's).");
        }
    }
}
