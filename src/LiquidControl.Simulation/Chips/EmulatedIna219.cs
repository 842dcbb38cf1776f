using System.Buffers.Binary;

namespace LiquidControl.Simulation.Chips;

/// <summary>
/// INA219: 16-bit registers behind a pointer; shunt and bus voltage, and current and power once calibrated (datasheet SBOS448G, 8.5).
/// A conversion is always ready.
/// </summary>
public sealed class EmulatedIna219(int ownAddress) : IEmulatedI2cChip
{
    private const byte ConfigurationRegister = 0;
    private const byte ShuntRegister = 1;
    private const byte BusRegister = 2;
    private const byte PowerRegister = 3;
    private const byte CurrentRegister = 4;
    private const byte CalibrationRegister = 5;

    private const ushort Reset = 0x8000;
    private const ushort PowerOnConfiguration = 0x399F;
    private const int ConversionReady = 1 << 1;
    private const int MaxBusCounts = 8000;
    private const int MaxShuntCounts = 32000;

    private ushort _configuration = PowerOnConfiguration;
    private ushort _calibration;
    private int _busCounts;
    private int _shuntCounts;
    private int _pointer;

    /// <summary>V at the bus input; quantised to 4 mV, 0 to 32 V.</summary>
    public void SetBusVoltage(double volts) => _busCounts = (int)Math.Clamp(Math.Round(volts / 4e-3), 0, MaxBusCounts);

    /// <summary>V across the shunt; quantised to 10 µV, ±320 mV.</summary>
    public void SetShuntVoltage(double volts) =>
        _shuntCounts = (int)Math.Clamp(Math.Round(volts / 10e-6), -MaxShuntCounts, MaxShuntCounts);

    public bool Answers(int address) => address == ownAddress;

    public bool Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] > CalibrationRegister)
        {
            return false;
        }

        _pointer = bytes[0];
        if (bytes.Length >= 3)
        {
            Store(BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]));
        }

        return true;
    }

    public void Read(Span<byte> bytes)
    {
        ushort value = Register();
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((i & 1) == 0 ? value >> 8 : value);
        }
    }

    private void Store(ushort value)
    {
        if (_pointer == ConfigurationRegister)
        {
            bool reset = (value & Reset) != 0;
            _configuration = reset ? PowerOnConfiguration : value;
            _calibration = reset ? (ushort)0 : _calibration;
        }
        else if (_pointer == CalibrationRegister)
        {
            _calibration = (ushort)(value & ~1);
        }
    }

    private ushort Register() => _pointer switch
    {
        ConfigurationRegister => _configuration,
        ShuntRegister => (ushort)(short)_shuntCounts,
        BusRegister => (ushort)(_busCounts << 3 | ConversionReady),
        PowerRegister => (ushort)(Math.Abs(Current()) * _busCounts / 5000),
        CurrentRegister => (ushort)(short)Current(),
        _ => _calibration,
    };

    private int Current() => _shuntCounts * _calibration / 4096;
}
