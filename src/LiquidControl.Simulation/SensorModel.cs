using LiquidControl.Control;
using LiquidControl.Devices.Chips;
using LiquidControl.Numerics;
using LiquidControl.Robotics;

namespace LiquidControl.Simulation;

/// <summary>
/// Turns the plant's truth into counts: noise, then quantisation. The chips wrap and limit the counts. Draws the same amount of noise every
/// time, so that the stream cannot shift between controllers.
/// </summary>
public sealed class SensorModel
{
    private const double RoomTemperature = 25;

    private readonly EncoderScale[] _encoders;
    private readonly CurrentScale[] _currents;
    private readonly SensorNoise _noise;
    private readonly RandomStream _stream;
    private readonly ToolMotion _tool;

    /// <param name="arm">For the scales.</param>
    /// <param name="model">The plant's bodies: where the inertial sensor is.</param>
    /// <param name="noise">Standard deviations.</param>
    /// <param name="stream">Of this sensor model alone.</param>
    public SensorModel(ArmDescription arm, RigidBodyModel model, SensorNoise noise, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(arm);
        ArgumentNullException.ThrowIfNull(noise);
        _encoders = arm.Encoders;
        _currents = arm.Currents;
        _noise = noise;
        _stream = stream;
        _tool = new(model);
    }

    /// <summary>Reads the plant as it stands.</summary>
    public void Sample(Plant plant, SensorReadings readings)
    {
        ReadOnlySpan<double> position = plant.Position;
        ReadOnlySpan<double> current = plant.MotorCurrent;
        for (int i = 0; i < position.Length; i++)
            readings.Encoder[i] = _encoders[i].Counts(position[i] + _noise.Encoder * _stream.Normal());

        for (int i = 0; i < _currents.Length; i++)
            readings.Current[i] = _currents[i].Counts(current[i] + _noise.Current * _stream.Normal());

        readings.Supply = plant.SupplyVoltage + _noise.Supply * _stream.Normal();
        SampleImu(plant, readings.Imu);
    }

    private void SampleImu(Plant plant, Span<short> imu)
    {
        _tool.Compute(plant.Position, plant.Velocity, plant.Acceleration);
        Vector3 force = _tool.SpecificForce;
        Vector3 rate = _tool.AngularRate;
        imu[0] = Force(force.X);
        imu[1] = Force(force.Y);
        imu[2] = Force(force.Z);
        imu[3] = Saturate(RoomTemperature, Mpu6050.Temperature(0), Mpu6050.Temperature(1));
        imu[4] = Rate(rate.X);
        imu[5] = Rate(rate.Y);
        imu[6] = Rate(rate.Z);
    }

    private short Force(double value) =>
        Saturate(value + _noise.SpecificForce * _stream.Normal(), Mpu6050.Acceleration(0), Mpu6050.Acceleration(1));

    private short Rate(double value) =>
        Saturate(value + _noise.AngularRate * _stream.Normal(), Mpu6050.AngularVelocity(0), Mpu6050.AngularVelocity(1));

    /// <summary>The counts of a value on the straight line through the driver's values at 0 counts and 1 count.</summary>
    private static short Saturate(double value, double atZero, double atOne) =>
        (short)Math.Clamp(Math.Round((value - atZero) / (atOne - atZero)), short.MinValue, short.MaxValue);
}
