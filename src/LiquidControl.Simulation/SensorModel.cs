using LiquidControl.Control;
using LiquidControl.Numerics;
using LiquidControl.Robotics;

namespace LiquidControl.Simulation;

/// <summary>
/// Turns the plant's truth into counts: noise, then each chip's quantisation and range. Draws the same amount of noise every time, so that
/// the stream cannot shift between controllers.
/// </summary>
public sealed class SensorModel
{
    /// <summary>Largest count of the motor currents' 10-bit converter.</summary>
    private const int LargestCurrentCount = 1023;

    private readonly EncoderScale[] _encoders;
    private readonly CurrentScale[] _currents;
    private readonly SensorNoise _noise;
    private readonly RandomStream _stream;
    private readonly ToolMotion _tool;
    private readonly bool _singleTurn;

    /// <param name="arm">For the scales.</param>
    /// <param name="model">The plant's bodies: where the inertial sensor is.</param>
    /// <param name="noise">Standard deviations.</param>
    /// <param name="stream">Of this sensor model alone.</param>
    /// <param name="singleTurn">True: encoder counts wrap into [0, CountsPerTurn), as a chip on the shaft gives them; else they go on.</param>
    public SensorModel(ArmDescription arm, RigidBodyModel model, SensorNoise noise, RandomStream stream, bool singleTurn)
    {
        ArgumentNullException.ThrowIfNull(arm);
        ArgumentNullException.ThrowIfNull(noise);
        _encoders = arm.Encoders;
        _currents = arm.Currents;
        _noise = noise;
        _stream = stream;
        _tool = new(model);
        _singleTurn = singleTurn;
    }

    /// <summary>Reads the plant as it stands.</summary>
    public void Sample(Plant plant, SensorReadings readings)
    {
        ReadOnlySpan<double> position = plant.Position;
        ReadOnlySpan<double> current = plant.MotorCurrent;
        for (int i = 0; i < position.Length; i++)
        {
            int counts = _encoders[i].Counts(position[i] + _noise.Encoder * _stream.Normal());
            int turn = _encoders[i].CountsPerTurn;
            readings.Encoder[i] = _singleTurn ? (counts % turn + turn) % turn : counts;
        }

        for (int i = 0; i < _currents.Length; i++)
            readings.Current[i] = Math.Clamp(_currents[i].Counts(current[i] + _noise.Current * _stream.Normal()), 0, LargestCurrentCount);

        readings.Supply = plant.SupplyVoltage + _noise.Supply * _stream.Normal();
        SampleImu(plant, readings.Imu);
    }

    private void SampleImu(Plant plant, Span<short> imu)
    {
        _tool.Compute(plant.Position, plant.Velocity, plant.Acceleration);
        ImuScale scale = ImuScale.Mpu6050;
        Vector3 force = _tool.SpecificForce;
        Vector3 rate = _tool.AngularRate;
        imu[0] = scale.SpecificForce(force.X + _noise.SpecificForce * _stream.Normal());
        imu[1] = scale.SpecificForce(force.Y + _noise.SpecificForce * _stream.Normal());
        imu[2] = scale.SpecificForce(force.Z + _noise.SpecificForce * _stream.Normal());
        imu[3] = ImuScale.RoomTemperatureCounts;
        imu[4] = scale.AngularRate(rate.X + _noise.AngularRate * _stream.Normal());
        imu[5] = scale.AngularRate(rate.Y + _noise.AngularRate * _stream.Normal());
        imu[6] = scale.AngularRate(rate.Z + _noise.AngularRate * _stream.Normal());
    }
}
