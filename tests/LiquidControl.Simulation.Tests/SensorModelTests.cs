using LiquidControl.Control;
using LiquidControl.Devices.Chips;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Simulation.Tests;

public class SensorModelTests
{
    private static readonly double[] Posture = [0.3, 0.4, -0.5, 0.6, 0.7, -0.8];

    [Fact]
    public void Without_noise_counts_are_the_truth_to_half_a_count()
    {
        ArmDescription arm = TestArms.Ar4Dc;
        (Plant plant, SensorReadings readings) = Sample(SensorNoise.None, out SensorModel sensors);
        sensors.Sample(plant, readings);
        for (int i = 0; i < 6; i++)
        {
            Assert.InRange(Math.Abs(arm.Encoders[i].Angle(readings.Encoder[i]) - Posture[i]), 0, 0.5000001 * arm.Encoders[i].Resolution);
            Assert.InRange(
                Math.Abs(arm.Currents[i].Ampere(readings.Current[i]) - plant.MotorCurrent[i]), 0, 0.5000001 * arm.Currents[i].AmperePerCount);
        }

        Assert.Equal(24, readings.Supply);
        double x = Mpu6050.Acceleration(readings.Imu[0]), y = Mpu6050.Acceleration(readings.Imu[1]), z = Mpu6050.Acceleration(readings.Imu[2]);
        Assert.Equal(9.81, Math.Sqrt(x * x + y * y + z * z), 2e-3);
        Assert.Equal(25, Mpu6050.Temperature(readings.Imu[3]), 0.01);
        Assert.All(readings.Imu[4..], rate => Assert.Equal(0, rate));
    }

    [Fact]
    public void Noise_has_the_stated_size()
    {
        ArmDescription arm = TestArms.Ar4Dc;
        (Plant plant, SensorReadings readings) = Sample(SensorNoise.Typical with { Encoder = 1e-2 }, out SensorModel sensors);
        double encoder = 0, rate = 0;
        const int samples = 4000;
        for (int k = 0; k < samples; k++)
        {
            sensors.Sample(plant, readings);
            double error = arm.Encoders[2].Angle(readings.Encoder[2]) - Posture[2];
            encoder += error * error / samples;
            double spin = Mpu6050.AngularVelocity(readings.Imu[5]);
            rate += spin * spin / samples;
        }

        Assert.Equal(1e-2, Math.Sqrt(encoder), 5e-4);
        Assert.Equal(1e-3, Math.Sqrt(rate), 5e-5);
    }

    [Fact]
    public void Sampling_allocates_nothing()
    {
        (Plant plant, SensorReadings readings) = Sample(SensorNoise.Typical, out SensorModel sensors);
        sensors.Sample(plant, readings);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 100; k++)
            sensors.Sample(plant, readings);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static (Plant Plant, SensorReadings Readings) Sample(SensorNoise noise, out SensorModel sensors)
    {
        ArmDescription arm = TestArms.Ar4Dc;
        Plant plant = new(PlantParameters.From(arm));
        plant.Reset(Posture);
        sensors = new(arm, arm.Model, noise, new RandomStream(5));
        return (plant, new SensorReadings(6));
    }
}
