using LiquidControl.Devices;
using LiquidControl.Devices.Buses;

namespace LiquidControl.Simulation.Chips;

/// <summary>
/// All chips and lines of an arm with DC bridges, behind the buses its drivers speak to. The plant sets what the sensors measure and reads
/// what the bridges put out. Bridge enable = OE low AND heartbeat within 10 ms (either edge) AND emergency stop closed.
/// </summary>
public sealed class EmulatedArmBoard
{
    private const long HeartbeatPeriodNs = 10_000_000;
    private const int CurrentIdleCounts = 512;

    private readonly DcArmWiring _wiring;
    private readonly EmulatedI2cBus _i2c;
    private readonly EmulatedSpiBus _encoderBus;
    private readonly EmulatedSpiBus _currentBus;
    private readonly EmulatedGpioBank _lines;
    private readonly EmulatedPca9685 _pwm;
    private readonly EmulatedAs5048aChain _encoders;
    private readonly EmulatedMcp3008 _currents = new();
    private readonly EmulatedMpu6050 _imu;
    private readonly EmulatedIna219 _supply;
    private readonly Monostable _heartbeat = new(HeartbeatPeriodNs);
    private long _nowNs;

    /// <summary>Throws <see cref="ArgumentException"/> when the wiring contradicts itself.</summary>
    public EmulatedArmBoard(DcArmWiring wiring, int i2cHz = DcArmWiring.I2cHz)
    {
        wiring.Validate();
        _wiring = wiring;
        _i2c = new EmulatedI2cBus("emulated i2c-1", i2cHz);
        _pwm = new EmulatedPca9685(wiring.PwmAddress);
        _imu = new EmulatedMpu6050(wiring.ImuAddress);
        _supply = new EmulatedIna219(wiring.SupplyAddress);
        _i2c.Attach(_pwm);
        _i2c.Attach(_imu);
        _i2c.Attach(_supply);
        _encoders = new EmulatedAs5048aChain(wiring.JointCount);
        _encoderBus = new EmulatedSpiBus("emulated spi0.0", DcArmWiring.EncoderSpiHz, _encoders);
        _currentBus = new EmulatedSpiBus("emulated spi1.0", DcArmWiring.CurrentSpiHz, _currents);
        _lines = new EmulatedGpioBank("emulated gpiochip0", wiring.GpioLines());
        _lines.OutputsChanged += OnOutputsChanged;
        Faults = new BusFaults(wiring, _i2c, _encoderBus, _currentBus, _lines, _pwm);
        SetEmergencyStop(false);
        SetImu([0, 0, 16384, 0, 0, 0, 0]);
        for (int joint = 0; joint < wiring.JointCount; joint++)
        {
            SetMotorCurrentCounts(joint, CurrentIdleCounts);
        }
    }

    public DcArmWiring Wiring => _wiring;

    public II2cBus I2c => _i2c;

    public ISpiBus EncoderSpi => _encoderBus;

    public ISpiBus CurrentSpi => _currentBus;

    public IGpioLines Lines => _lines;

    public BusFaults Faults { get; }

    internal EmulatedI2cBus I2cWires => _i2c;

    internal EmulatedSpiBus EncoderWires => _encoderBus;

    internal EmulatedSpiBus CurrentWires => _currentBus;

    internal EmulatedGpioBank LineBank => _lines;

    public bool BridgesEnabled => !IsHigh(_wiring.EnableBit) && !IsHigh(_wiring.EmergencyStopBit) && _heartbeat.IsHigh(_nowNs);

    /// <summary>When the monostable lets the bridges go, or let them, if no further beat comes, ns.</summary>
    public long HeartbeatExpiresNs => _heartbeat.ExpiresNs;

    public bool StatusLed => IsHigh(_wiring.StatusLedBit);

    /// <summary>Direction changes of a bridge that was driving at that moment; a driver that keeps the protocol leaves this at 0.</summary>
    public int ReversalsUnderDrive { get; private set; }

    /// <summary>A driver for this board.</summary>
    public DcArmHardware CreateHardware() => new(_wiring, I2c, EncoderSpi, CurrentSpi, Lines);

    /// <summary>Moves the board's clock, ns; call before Read.</summary>
    public void AdvanceTo(long nowNs) => _nowNs = nowNs;

    /// <summary>Absolute encoder counts of a joint, taken modulo one turn (16384).</summary>
    public void SetEncoderCounts(int joint, int counts) => _encoders.SetAngle(_wiring.Joints[joint].EncoderPosition, counts);

    /// <summary>Diagnostics register of a joint's encoder; <see cref="EmulatedAs5048aChain.GoodDiagnostics"/> with a good magnet.</summary>
    public void SetEncoderDiagnostics(int joint, int value) => _encoders.SetDiagnostics(_wiring.Joints[joint].EncoderPosition, value);

    /// <summary>Converter counts of a joint's current, limited to 0 to 1023; about 512 at rest.</summary>
    public void SetMotorCurrentCounts(int joint, int counts) => _currents.SetCounts(_wiring.Joints[joint].CurrentChannel, counts);

    /// <summary>V.</summary>
    public void SetSupplyVoltage(double volts) => _supply.SetBusVoltage(volts);

    /// <summary>V across the supply's shunt; negative while energy flows back.</summary>
    public void SetSupplyShuntVoltage(double volts) => _supply.SetShuntVoltage(volts);

    /// <summary>ax ay az T gx gy gz counts, length 7.</summary>
    public void SetImu(ReadOnlySpan<short> counts) => _imu.SetCounts(counts);

    /// <summary>Pressed opens the circuit.</summary>
    public void SetEmergencyStop(bool pressed) => _lines.SetInput(_wiring.EmergencyStopBit, high: pressed);

    /// <summary>Signed duty at a joint's bridge now, [-1, 1]; 0 while the bridges are disabled.</summary>
    public double Drive(int joint)
    {
        if (!BridgesEnabled)
        {
            return 0;
        }

        double duty = PwmDuty(joint);
        return IsHigh(joint) == (_wiring.Joints[joint].DirectionSign > 0) ? duty : -duty;
    }

    /// <summary>Duty the PWM chip puts out for a joint, [0, 1], whether or not the bridges are enabled.</summary>
    public double PwmDuty(int joint) => _pwm.Duty(_wiring.Joints[joint].PwmChannel);

    private bool IsHigh(int bit) => (_lines.Levels >> bit & 1) != 0;

    private void OnOutputsChanged(uint changed)
    {
        if ((changed >> _wiring.HeartbeatBit & 1) != 0)
        {
            _heartbeat.Trigger(_nowNs);
        }

        for (int joint = 0; joint < _wiring.JointCount; joint++)
        {
            if ((changed >> joint & 1) != 0 && PwmDuty(joint) > 0)
            {
                ReversalsUnderDrive++;
            }
        }
    }
}
