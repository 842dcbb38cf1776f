using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Robotics.Tests;

public sealed class DcMotorTests
{
    /// <summary>Joint 1 of ar4-dc.</summary>
    private static readonly DcMotor Motor = new(
        GearRatio: 50, Efficiency: 0.8, TorqueConstant: 0.055, Resistance: 0.45, CurrentLimit: 10, RotorInertia: 3e-5);

    [Fact]
    public void The_reference_arms_motors_have_their_stated_torque_and_inertia()
    {
        Assert.Equal(22, Motor.MaxTorque, 1e-12);
        Assert.Equal(0.075, Motor.ReflectedInertia, 1e-15);
        Assert.Equal(12.8, new DcMotor(50, 0.8, 0.040, 0.80, 8, 1.5e-5).MaxTorque, 1e-12);
        Assert.Equal(3.2, new DcMotor(40, 0.8, 0.025, 1.6, 4, 4e-6).MaxTorque, 1e-12);
        Assert.Equal(1.44, new DcMotor(30, 0.8, 0.020, 2.0, 3, 2e-6).MaxTorque, 1e-12);
    }

    [Fact]
    public void Duty_inverts_the_motor_wherever_supply_and_current_allow()
    {
        RandomStream random = new(91);
        for (int trial = 0; trial < 10_000; trial++)
        {
            double torque = random.Uniform(-40, 40), supply = random.Uniform(5, 30), speed = random.Uniform(-6, 6);
            double duty = Motor.Duty(torque, supply, speed, out double achieved);
            Assert.InRange(duty, -1, 1);
            Assert.Equal(Motor.Torque(Motor.Current(duty, supply, speed)), achieved);
            double wanted = Math.Clamp(torque, -22, 22);
            double volts = wanted / (0.8 * 0.055 * 50) * 0.45 + 0.055 * 50 * speed;
            if (Math.Abs(volts) <= supply)
            {
                Assert.Equal(wanted, achieved, 1e-9);
            }
            else
            {
                Assert.Equal(Math.Sign(volts), duty);
            }
        }
    }

    [Fact]
    public void A_low_supply_at_speed_leaves_less_torque()
    {
        // (12 - 0.055·50·4) / 0.45 = 2.22 A of the 10 that 22 N·m need.
        double duty = Motor.Duty(22, 12, 4, out double achieved);
        Assert.Equal(1, duty);
        Assert.Equal(0.8 * 0.055 * 50 * (12 - 11) / 0.45, achieved, 1e-12);
    }

    [Theory]
    [InlineData(double.NaN, 24, 0)]
    [InlineData(double.PositiveInfinity, 24, 0)]
    [InlineData(1, double.NaN, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, -24, 0)]
    [InlineData(1, 24, double.NaN)]
    public void Anything_that_is_not_a_drivable_state_opens_the_bridge(double torque, double supply, double speed)
    {
        Assert.Equal(0, Motor.Duty(torque, supply, speed, out double achieved));
        Assert.Equal(0, achieved);
    }

    [Fact]
    public void Sliding_force_falls_from_stiction_to_coulomb()
    {
        JointFriction friction = new(0.6, 0.8, 1.3, 0.05);
        Assert.Equal(0.78, friction.SlidingForce(0), 1e-15);
        Assert.Equal(0.6 * (1 + 0.3 * 0.36787944117144233), friction.SlidingForce(-0.05), 1e-15);
        Assert.Equal(0.6, friction.SlidingForce(1), 1e-15);
        JointFriction sharp = friction with { StribeckVelocity = 0 };
        Assert.Equal(0.78, sharp.SlidingForce(0), 1e-15);
        Assert.Equal(0.6, sharp.SlidingForce(1e-9), 1e-15);
    }
}
