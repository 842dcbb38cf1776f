using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Chips;

namespace LiquidControl.Devices;

/// <summary>
/// H-bridges with one PWM and one direction input each. A direction line only ever changes while its bridge's magnitude is 0: magnitude 0,
/// direction, magnitude. Whatever fails on the way leaves that joint at 0, never at a magnitude with the wrong sign.
/// </summary>
internal sealed class SignMagnitudeDrive
{
    // Magnitude of a channel after a failed write: not known to be 0.
    private const ushort Unknown = ushort.MaxValue;

    private readonly Pca9685 _pwm;
    private readonly IGpioLines _lines;
    private readonly int[] _channel;
    private readonly uint _negativeWhenHigh;
    private readonly ushort[] _sent;
    private readonly ushort[] _wanted;
    private uint _levels;
    private uint _knownLevels;

    public SignMagnitudeDrive(Pca9685 pwm, IGpioLines lines, DcArmWiring wiring)
    {
        _pwm = pwm;
        _lines = lines;
        _channel = [.. wiring.Joints.Select(joint => joint.PwmChannel - wiring.FirstPwmChannel)];
        _sent = new ushort[_channel.Length];
        _wanted = new ushort[_channel.Length];
        for (int joint = 0; joint < _channel.Length; joint++)
        {
            _negativeWhenHigh |= wiring.Joints[joint].DirectionSign < 0 ? 1u << joint : 0;
        }

        Forget();
    }

    /// <summary>Every line and channel counts as unknown, so the next Write states them all.</summary>
    public void Forget()
    {
        Array.Fill(_sent, Unknown);
        _knownLevels = 0;
    }

    /// <summary>Every channel is known to be off (after all-off was acknowledged).</summary>
    public void SetOff() => Array.Clear(_sent);

    /// <summary>
    /// Signed duty of each bridge, [-1, 1], quantised to 1/4096; NaN and missing entries are 0. One repeat of a failed write.
    /// </summary>
    public HardwareFaults Write(ReadOnlySpan<double> drive)
    {
        _pwm.RetriesLeft = 1;
        Quantise(drive, out uint levels, out uint reversing);
        HardwareFaults faults = reversing == 0 ? HardwareFaults.None : Reverse(levels, reversing);
        if (_pwm.Write(_wanted) == BusResult.Ok)
        {
            Array.Copy(_wanted, _sent, _sent.Length);
        }
        else
        {
            Array.Fill(_sent, Unknown);
            faults |= HardwareFaults.PwmBus;
        }

        return faults;
    }

    private void Quantise(ReadOnlySpan<double> drive, out uint levels, out uint reversing)
    {
        levels = _levels;
        reversing = 0;
        for (int joint = 0; joint < _channel.Length; joint++)
        {
            double duty = joint < drive.Length && !double.IsNaN(drive[joint]) ? Math.Clamp(drive[joint], -1.0, 1.0) : 0.0;
            ushort magnitude = (ushort)((Math.Abs(duty) * Pca9685.FullScale) + 0.5);
            _wanted[_channel[joint]] = magnitude;
            if (magnitude == 0)
            {
                continue;
            }

            uint bit = 1u << joint;
            bool high = duty < 0 == ((_negativeWhenHigh & bit) != 0);
            if ((_knownLevels & bit) == 0 || high != ((_levels & bit) != 0))
            {
                reversing |= bit;
                levels = high ? levels | bit : levels & ~bit;
            }
        }
    }

    private HardwareFaults Reverse(uint levels, uint reversing)
    {
        HardwareFaults faults = HardwareFaults.None;
        for (int joint = 0; joint < _channel.Length; joint++)
        {
            uint bit = 1u << joint;
            int channel = _channel[joint];
            if ((reversing & bit) == 0 || _sent[channel] == 0)
            {
                continue;
            }

            if (_pwm.ChannelOff(channel) != BusResult.Ok)
            {
                reversing &= ~bit;
                _wanted[channel] = 0;
                faults |= HardwareFaults.PwmBus;
            }
        }

        if (reversing == 0)
        {
            return faults;
        }

        if (_lines.Write(levels, reversing) == BusResult.Ok)
        {
            _levels = (_levels & ~reversing) | (levels & reversing);
            _knownLevels |= reversing;
            return faults;
        }

        _knownLevels &= ~reversing;
        for (int joint = 0; joint < _channel.Length; joint++)
        {
            if ((reversing >> joint & 1) != 0)
            {
                _wanted[_channel[joint]] = 0;
            }
        }

        return faults | HardwareFaults.DirectionLines;
    }
}
