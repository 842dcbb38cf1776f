using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Chips;

namespace LiquidControl.Devices;

/// <summary>
/// An arm with one DC bridge, one absolute encoder and one current sensor a joint, an IMU on the tool and a supply monitor, as laid out by
/// <see cref="DcArmWiring"/>. Each cycle reads all encoders, all currents, the emergency stop and at most one slow chip.
/// </summary>
public sealed class DcArmHardware : IArmHardware
{
    // Cycles of the slow chips' round.
    private const int ImuSlot = 0;
    private const int SupplySlot = 1;
    private const int ShuntSlot = 2;
    private const int ModeSlot = 3;

    private readonly DcArmWiring _wiring;
    private readonly II2cBus _i2c;
    private readonly ISpiBus _encoderBus;
    private readonly ISpiBus _currentBus;
    private readonly IGpioLines _lines;
    private readonly Pca9685 _pwm;
    private readonly SignMagnitudeDrive _drive;
    private readonly EnableCircuit _enable;
    private readonly As5048aChain _encoders;
    private readonly Mcp3008 _currents;
    private readonly Mpu6050 _imu;
    private readonly Ina219 _supply;

    private readonly int[] _angles;
    private readonly ChannelStatus[] _angleStatus;
    private readonly byte[] _currentChannels;
    private readonly int[] _currentCounts;
    private readonly ChannelStatus[] _currentStatus;

    // What the channels last gave; the caller's frame is filled from it, whichever frame that is.
    private SensorFrame _last;
    private bool _imuSeen;
    private bool _supplySeen;
    private long _cycle;
    private long _busyAtConfigure;
    private bool _configured;
    private bool _active;
    private bool _offPending;

    /// <summary>
    /// The encoder bus is SPI mode 1, the current bus mode 0, and <paramref name="lines"/> are the request of
    /// <see cref="DcArmWiring.GpioLines"/> in that order. Throws <see cref="ArgumentException"/> when the wiring contradicts itself;
    /// touches no bus.
    /// </summary>
    public DcArmHardware(DcArmWiring wiring, II2cBus i2c, ISpiBus encoderBus, ISpiBus currentBus, IGpioLines lines)
    {
        wiring.Validate();
        _wiring = wiring;
        _i2c = i2c;
        _encoderBus = encoderBus;
        _currentBus = currentBus;
        _lines = lines;
        _pwm = new Pca9685(i2c, wiring.PwmAddress, wiring.PwmFrequency, wiring.FirstPwmChannel, wiring.JointCount);
        _drive = new SignMagnitudeDrive(_pwm, lines, wiring);
        _enable = new EnableCircuit(lines, wiring);
        _encoders = new As5048aChain(encoderBus, wiring.JointCount);
        _currents = new Mcp3008(currentBus);
        _imu = new Mpu6050(i2c, wiring.ImuAddress);
        _supply = new Ina219(i2c, wiring.SupplyAddress);
        _angles = new int[wiring.JointCount];
        _angleStatus = new ChannelStatus[wiring.JointCount];
        _currentChannels = [.. wiring.Joints.Select(joint => (byte)joint.CurrentChannel)];
        _currentCounts = new int[wiring.JointCount];
        _currentStatus = new ChannelStatus[wiring.JointCount];
        _last = new SensorFrame(wiring.JointCount);
    }

    public int JointCount => _wiring.JointCount;

    /// <summary>Whether the outputs were enabled and not disabled since.</summary>
    public bool IsActive => _active;

    /// <summary>Last shunt reading of the supply, 10 µV a count, signed: negative while the arm feeds energy back.</summary>
    public int SupplyShuntCounts { get; private set; }

    public long BusTimeNs => Busy() - _busyAtConfigure;

    public void Configure()
    {
        _configured = false;
        _active = false;
        _enable.Require(_enable.Disable());
        _pwm.RetriesLeft = 0;
        _drive.Forget();
        _pwm.Configure();
        _drive.SetOff();
        _imu.Configure();
        _supply.Configure();
        _encoders.Configure();
        _currents.Configure(JointCount);
        _last = new SensorFrame(JointCount);
        _imuSeen = false;
        _supplySeen = false;
        _cycle = 0;
        _offPending = false;
        _busyAtConfigure = Busy();
        _configured = true;
    }

    public void Activate()
    {
        if (!_configured)
        {
            throw new HardwareException("The arm's outputs were to be enabled before Configure succeeded; expected Configure first.");
        }

        _enable.RequireClosed();
        _pwm.RetriesLeft = 1;
        BusResult result = _pwm.AllOff();
        if (result != BusResult.Ok)
        {
            throw ChipError.At(
                _i2c, _wiring.PwmAddress, "PCA9685 (motor PWM)", ChipError.Found(result), "an acknowledge of all-off",
                "The outputs stay disabled. Check the chip's supply and run Configure again.");
        }

        _drive.Forget();
        _drive.SetOff();
        _enable.Require(_enable.Beat());
        _enable.Require(_enable.Enable());
        _offPending = false;
        _active = true;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The heartbeat beats only between Activate and Disable, so a disabled arm is held off by the monostable too. The faults name a bus
    /// when any of its channels due in this cycle gave no value.
    /// </remarks>
    public HardwareFaults Read(long nowNs, SensorFrame frame)
    {
        HardwareFaults faults = Beat();
        faults |= ReadEncoders(nowNs);
        faults |= ReadEmergencyStop();
        faults |= ReadCurrents(nowNs);
        faults |= ReadSlowChip(nowNs);
        _last.TimestampNs = nowNs;
        _cycle++;
        _last.CopyTo(frame);
        return faults;
    }

    /// <inheritdoc/>
    /// <remarks>Before Activate and after Disable no drive is written; what Disable could not reach is tried again.</remarks>
    public HardwareFaults Write(ReadOnlySpan<double> drive)
    {
        if (_active)
        {
            return _drive.Write(drive);
        }

        return _offPending ? Disable() : HardwareFaults.None;
    }

    public HardwareFaults Disable()
    {
        _active = false;
        _pwm.RetriesLeft = 1;
        HardwareFaults faults = _enable.Disable() == BusResult.Ok ? HardwareFaults.None : HardwareFaults.EnableLine;
        faults |= _pwm.AllOff() == BusResult.Ok ? HardwareFaults.None : HardwareFaults.PwmBus;
        _offPending = faults != HardwareFaults.None;
        return faults;
    }

    /// <summary>
    /// An edge of the heartbeat while the outputs are off, which no real arm needs: to an emulated one in lockstep a period passes, and an arm
    /// without power falls in it.
    /// </summary>
    public HardwareFaults BeatWhileOff() => _active || _enable.Beat() == BusResult.Ok ? HardwareFaults.None : HardwareFaults.EnableLine;

    private HardwareFaults Beat() =>
        !_active || _enable.Beat() == BusResult.Ok ? HardwareFaults.None : HardwareFaults.EnableLine;

    private HardwareFaults ReadEncoders(long nowNs)
    {
        HardwareFaults faults = _encoders.Read(_angles, _angleStatus) == BusResult.Ok ? HardwareFaults.None : HardwareFaults.EncoderBus;
        for (int joint = 0; joint < JointCount; joint++)
        {
            int position = _wiring.Joints[joint].EncoderPosition;
            ChannelStatus status = _angleStatus[position];
            _last.EncoderStatus[joint] = status;
            if (status == ChannelStatus.Fresh)
            {
                _last.EncoderCounts[joint] = _angles[position];
                _last.EncoderTimestampNs[joint] = nowNs;
            }
            else
            {
                faults |= HardwareFaults.EncoderBus;
            }
        }

        return faults;
    }

    private HardwareFaults ReadEmergencyStop()
    {
        if (_enable.ReadEmergencyStop(out bool open) != BusResult.Ok)
        {
            _last.EmergencyStopStatus = ChannelStatus.BusError;
            return HardwareFaults.EmergencyStopLine;
        }

        _last.EmergencyStop = open;
        _last.EmergencyStopStatus = ChannelStatus.Fresh;
        return HardwareFaults.None;
    }

    private HardwareFaults ReadCurrents(long nowNs)
    {
        HardwareFaults faults = HardwareFaults.None;
        _currents.Read(_currentChannels, _currentCounts, _currentStatus);
        for (int joint = 0; joint < JointCount; joint++)
        {
            int counts = _currentCounts[joint];
            ChannelStatus status = _currentStatus[joint];

            // The current sensors idle at half scale: at either end of the scale they are saturated, or a line is stuck.
            if (status == ChannelStatus.Fresh && counts is 0 or Mcp3008.MaxCounts)
            {
                status = ChannelStatus.OutOfRange;
            }

            _last.CurrentStatus[joint] = status;
            if (status == ChannelStatus.Fresh)
            {
                _last.CurrentCounts[joint] = counts;
                _last.CurrentTimestampNs[joint] = nowNs;
            }
            else
            {
                faults |= HardwareFaults.CurrentBus;
            }
        }

        return faults;
    }

    private HardwareFaults ReadSlowChip(long nowNs)
    {
        _last.ImuStatus = _imuSeen ? ChannelStatus.Held : ChannelStatus.Never;
        _last.SupplyStatus = _supplySeen ? ChannelStatus.Held : ChannelStatus.Never;
        if (_cycle % _wiring.ImuDecimation == ImuSlot)
        {
            return ReadImu(nowNs);
        }

        return (_cycle % _wiring.SupplyDecimation) switch
        {
            SupplySlot => ReadSupply(nowNs),
            ShuntSlot => ReadShunt(),
            ModeSlot => CheckPwm(),
            _ => HardwareFaults.None,
        };
    }

    private HardwareFaults ReadImu(long nowNs)
    {
        _last.ImuStatus = _imu.Read(_last.ImuCounts);
        if (_last.ImuStatus != ChannelStatus.Fresh)
        {
            return HardwareFaults.ImuBus;
        }

        _last.ImuTimestampNs = nowNs;
        _imuSeen = true;
        return HardwareFaults.None;
    }

    private HardwareFaults ReadSupply(long nowNs)
    {
        _last.SupplyStatus = _supply.ReadBus(out int counts);
        if (_last.SupplyStatus != ChannelStatus.Fresh)
        {
            return HardwareFaults.SupplyBus;
        }

        _last.SupplyCounts = counts;
        _last.SupplyTimestampNs = nowNs;
        _supplySeen = true;
        return HardwareFaults.None;
    }

    private HardwareFaults ReadShunt()
    {
        if (_supply.ReadShunt(out int counts) != ChannelStatus.Fresh)
        {
            return HardwareFaults.SupplyBus;
        }

        SupplyShuntCounts = counts;
        return HardwareFaults.None;
    }

    // A chip that was reset sleeps with every channel off: it is set up again at zero duty, and the next Write states the drives anew.
    private HardwareFaults CheckPwm()
    {
        if (_pwm.IsRunning(out bool running) != BusResult.Ok)
        {
            return HardwareFaults.PwmBus;
        }

        if (running)
        {
            return HardwareFaults.None;
        }

        _pwm.RetriesLeft = 1;
        BusResult result = _pwm.Initialise();
        if (result == BusResult.Ok)
        {
            result = _pwm.IsRunning(out running);
        }

        return result == BusResult.Ok && running ? HardwareFaults.PwmReset : HardwareFaults.PwmBus;
    }

    private long Busy() => _i2c.BusyNs + _encoderBus.BusyNs + _currentBus.BusyNs + _lines.BusyNs;
}
