using System.Buffers.Binary;
using LiquidControl.Control;
using LiquidControl.Devices.Buses;

namespace LiquidControl.Devices.Chips;

/// <summary>
/// InvenSense MPU-6050, accelerometer and gyroscope at their default ranges (±2 g, ±250 °/s). Registers and scales: register map
/// RM-MPU-6000A rev. 4.2 (PWR_MGMT_1, WHO_AM_I, ACCEL_XOUT_H), from memory: check on the first real chip.
/// </summary>
public sealed class Mpu6050(II2cBus bus, int address)
{
    /// <summary>ax ay az T gx gy gz.</summary>
    public const int ValueCount = 7;

    private const string Chip = "MPU-6050 (tool IMU)";

    private const byte FirstData = 0x3B;
    private const byte PowerManagement1 = 0x6B;
    private const byte WhoAmI = 0x75;

    private const byte Identity = 0x68;
    private const byte WakeOnGyroClock = 0x01;

    private const double StandardGravity = 9.80665;
    private const double CountsPerGravity = 16384;
    private const double CountsPerDegreePerSecond = 131;

    /// <summary>m/s² of accelerometer counts.</summary>
    public static double Acceleration(short counts) => counts * (StandardGravity / CountsPerGravity);

    /// <summary>rad/s of gyroscope counts.</summary>
    public static double AngularVelocity(short counts) => counts * (Math.PI / 180.0 / CountsPerDegreePerSecond);

    /// <summary>°C of temperature counts (the MPU-6050's formula; the MPU-6500's differs).</summary>
    public static double Temperature(short counts) => (counts / 340.0) + 36.53;

    /// <summary>Checks the identity and wakes the chip. Throws <see cref="HardwareException"/>.</summary>
    public void Configure()
    {
        Span<byte> identity = stackalloc byte[1];
        Require(bus.Transfer(address, [WhoAmI], identity));
        if (identity[0] != Identity)
        {
            throw ChipError.At(
                bus, address, Chip, $"WHO_AM_I = 0x{identity[0]:X2}", $"0x{Identity:X2}",
                "An MPU-6500 answers 0x70 and an MPU-9250 0x71: their temperature formula differs. 0xFF or 0x00 is a stuck data line.");
        }

        Require(bus.Transfer(address, [PowerManagement1, WakeOnGyroClock], []));
    }

    /// <summary>All seven values of one sample in one burst, so that they belong together.</summary>
    /// <param name="counts">Length 7: ax ay az T gx gy gz; left as it was unless the status is Fresh.</param>
    public ChannelStatus Read(Span<short> counts)
    {
        Span<byte> burst = stackalloc byte[2 * ValueCount];
        if (bus.Transfer(address, [FirstData], burst) != BusResult.Ok)
        {
            return ChannelStatus.BusError;
        }

        // A sleeping chip and a line stuck low give all zeros, a line stuck high all ones: no accelerometer does, at rest or in motion.
        if (!burst.ContainsAnyExcept((byte)0x00) || !burst.ContainsAnyExcept((byte)0xFF))
        {
            return ChannelStatus.OutOfRange;
        }

        for (int i = 0; i < ValueCount; i++)
        {
            counts[i] = BinaryPrimitives.ReadInt16BigEndian(burst[(2 * i)..]);
        }

        return ChannelStatus.Fresh;
    }

    private void Require(BusResult result)
    {
        if (result != BusResult.Ok)
        {
            throw ChipError.At(
                bus, address, Chip, ChipError.Found(result), "an acknowledge",
                "Check the cable to the tool and the level of AD0 (low is 0x68, high is 0x69).");
        }
    }
}
