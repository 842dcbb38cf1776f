using LiquidControl.Devices;
using LiquidControl.Devices.Buses;

namespace LiquidControl.Simulation.Chips;

/// <summary>
/// Faults of an emulated arm board, put where no driver can go around them: on the wires, or in a chip's power. Each lasts for a number of
/// transfers or until it is cleared. A control cycle makes two transfers on the encoder chain and one for each current.
/// </summary>
public sealed class BusFaults
{
    /// <summary>Number of transfers of a fault that stays.</summary>
    public const int UntilCleared = int.MaxValue;

    private const byte ParityBit = 0x80;
    private const int BytesPerWord = 2;

    private readonly DcArmWiring _wiring;
    private readonly EmulatedI2cBus _i2c;
    private readonly EmulatedSpiBus _encoders;
    private readonly EmulatedSpiBus _currents;
    private readonly EmulatedGpioBank _lines;
    private readonly EmulatedPca9685 _pwm;

    internal BusFaults(
        DcArmWiring wiring, EmulatedI2cBus i2c, EmulatedSpiBus encoders, EmulatedSpiBus currents, EmulatedGpioBank lines, EmulatedPca9685 pwm)
    {
        _wiring = wiring;
        _i2c = i2c;
        _encoders = encoders;
        _currents = currents;
        _lines = lines;
        _pwm = pwm;
    }

    /// <summary>Transfers of one I2C address end in <paramref name="result"/> and do not reach the chip.</summary>
    public void FailI2c(int address, BusResult result, int transfers = UntilCleared) => _i2c.Fail(address, result, transfers);

    /// <summary>Reads from one I2C address give only <paramref name="value"/> (0x00 or 0xFF for a stuck line).</summary>
    public void StickI2c(int address, byte value, int transfers = UntilCleared) => _i2c.Stick(address, value, transfers);

    public void ClearI2c(int address) => _i2c.ClearFaults(address);

    /// <summary>Transfers of the encoder chain end in <paramref name="result"/>.</summary>
    public void FailEncoders(BusResult result, int transfers = UntilCleared) => _encoders.Fail(result, transfers);

    /// <summary>The next transfer of the encoder chain times out.</summary>
    public void DropEncoderFrame() => FailEncoders(BusResult.Timeout, 1);

    /// <summary>The whole chain answers only <paramref name="value"/>.</summary>
    public void StickEncoders(byte value, int transfers = UntilCleared) => _encoders.Stick(value, transfers);

    /// <summary>One joint's replies arrive with a wrong parity bit.</summary>
    public void FlipEncoderParity(int joint, int transfers = UntilCleared) =>
        _encoders.FlipReply(EncoderByte(joint), ParityBit, transfers);

    /// <summary>One joint's encoder hears commands with a wrong parity bit and raises its error flag, one frame late.</summary>
    public void CorruptEncoderCommand(int joint, int transfers = 1) => _encoders.FlipCommand(EncoderByte(joint), ParityBit, transfers);

    public void ClearEncoders() => _encoders.ClearFaults();

    /// <summary>Transfers of the current converter end in <paramref name="result"/>.</summary>
    public void FailCurrents(BusResult result, int transfers = UntilCleared) => _currents.Fail(result, transfers);

    /// <summary>The current converter answers only <paramref name="value"/>.</summary>
    public void StickCurrents(byte value, int transfers = UntilCleared) => _currents.Stick(value, transfers);

    public void ClearCurrents() => _currents.ClearFaults();

    /// <summary>Calls on the GPIO lines end in <paramref name="result"/>, and no level changes.</summary>
    public void FailLines(BusResult result, int calls = UntilCleared) => _lines.Fail(result, calls);

    public void ClearLines() => _lines.ClearFaults();

    /// <summary>The PWM chip falls back to its power-on state: asleep, every channel off, its configuration lost.</summary>
    public void ResetPwm() => _pwm.Reset();

    /// <summary>Every fault on the wires; a chip that was reset stays reset.</summary>
    public void ClearAll()
    {
        for (int address = I2cAddress.First; address <= I2cAddress.Last; address++)
        {
            ClearI2c(address);
        }

        ClearEncoders();
        ClearCurrents();
        ClearLines();
    }

    private int EncoderByte(int joint) => BytesPerWord * (_wiring.JointCount - 1 - _wiring.Joints[joint].EncoderPosition);
}
