using LiquidControl.Control;
using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Simulation.Tests;

public class PlantMotorTests
{
    private static readonly DcMotor Motor = TestArms.Ar4Dc.Motors![0];

    [Theory]
    [InlineData(0.5)]
    [InlineData(-0.8)]
    public void A_motor_runs_up_to_the_speed_where_its_torque_meets_viscous_friction(double duty)
    {
        const double viscous = 0.8;
        Plant plant = Turntable(new(0, viscous, 1, 0.05));
        plant.Advance(10, [duty]);

        // η Kt N (duty V - Ke N w) / R = viscous w
        double gain = Motor.Efficiency * Motor.TorqueConstant * Motor.GearRatio / Motor.Resistance;
        double expected = gain * duty * 24 / (gain * Motor.TorqueConstant * Motor.GearRatio + viscous);
        Assert.Equal(expected, plant.Velocity[0], 1e-9);
        Assert.Equal(viscous * expected, plant.DriveTorque[0], 1e-9);
        Assert.Equal(viscous * expected / (Motor.Efficiency * Motor.TorqueConstant * Motor.GearRatio), plant.MotorCurrent[0], 1e-9);
    }

    [Fact]
    public void A_featherweight_motor_without_lag_runs_up_without_ringing()
    {
        PlantParameters parameters = PlantParameters.From(TestArms.Turntable(1e-6, new(0, 0.8, 1, 0.05))) with { TorqueLag = 0 };
        Plant plant = new(parameters with { Model = parameters.Model.WithArmature([1e-6]) });
        plant.Reset([0]);
        double last = 0;
        for (int k = 0; k < 100; k++)
        {
            plant.Advance(1e-3, [0.5]);
            Assert.InRange(plant.Velocity[0], last - 1e-9, 24 / (Motor.TorqueConstant * Motor.GearRatio));
            last = plant.Velocity[0];
        }

        Assert.Equal(0, plant.UnsettledSteps);
    }

    [Fact]
    public void The_torque_follows_the_bridge_with_a_first_order_lag()
    {
        Plant plant = Blocked();
        const double duty = 0.05;
        double target = Motor.Torque(duty * 24 / Motor.Resistance);
        for (int k = 1; k <= 20; k++)
        {
            plant.Advance(1e-3, [duty]);

            Assert.Equal(target * (1 - Math.Exp(-k / 3.0)), plant.DriveTorque[0], 1e-6);
        }
    }

    [Fact]
    public void The_lag_is_the_same_however_the_time_is_cut()
    {
        Plant coarse = Blocked();
        Plant fine = Blocked();
        coarse.Advance(0.003, [0.05]);
        for (int k = 0; k < 30; k++)
            fine.Advance(1e-4, [0.05]);
        Assert.Equal(fine.DriveTorque[0], coarse.DriveTorque[0], 1e-6);
    }

    [Fact]
    public void The_current_never_exceeds_the_drives_limit()
    {
        Plant plant = Turntable(new(0, 0, 1, 0.05), inertia: 5);
        for (int k = 0; k < 3000; k++)
        {
            plant.Advance(1e-3, [k % 500 < 250 ? 1.0 : -1.0]);
            Assert.InRange(Math.Abs(plant.MotorCurrent[0]), 0, Motor.CurrentLimit * (1 + 1e-12));
        }

        plant.Reset([0]);
        plant.Advance(0.05, [1.0]);
        Assert.Equal(Motor.MaxTorque, plant.DriveTorque[0], 1e-5);
    }

    [Fact]
    public void A_drive_that_is_not_a_number_counts_as_zero_and_one_beyond_the_range_as_its_end()
    {
        Plant plant = Turntable(new(0, 0.8, 1, 0.05));
        plant.Advance(0.1, [double.NaN]);
        Assert.Equal(0, plant.Velocity[0]);
        Plant full = Turntable(new(0, 0.8, 1, 0.05));
        plant.Reset([0]);
        plant.Advance(0.5, [7]);
        full.Advance(0.5, [1]);
        Assert.Equal(full.Velocity[0], plant.Velocity[0]);
    }

    [Fact]
    public void The_supply_sags_by_the_current_the_bridges_draw()
    {
        PlantParameters parameters = PlantParameters.From(TestArms.Turntable(0.1, new(50, 0, 1, 0.05))) with { SupplyResistance = 0.2 };
        Plant plant = new(parameters);
        plant.Reset([0]);
        plant.Advance(0.2, [0.15]);
        double voltage = plant.SupplyVoltage;

        // Standing still: I = duty V / R, V = 24 - r duty I.
        Assert.Equal(24 / (1 + 0.2 * 0.15 * 0.15 / Motor.Resistance), voltage, 1e-6);
        plant.BridgesEnabled = false;
        plant.Advance(0.01, [0.15]);
        Assert.Equal(24, plant.SupplyVoltage);
    }

    [Fact]
    public void With_bridges_off_a_shorted_motor_brakes_and_an_open_one_coasts()
    {
        Plant coasting = Turntable(new(0, 0, 1, 0.05));
        PlantParameters shorted = PlantParameters.From(TestArms.Turntable(0.1, new(0, 0, 1, 0.05))) with { PowerOff = [PowerOff.Brake] };
        Plant braking = new(shorted);
        foreach (Plant plant in new[] { coasting, braking })
        {
            plant.Reset([0], [2]);
            plant.BridgesEnabled = false;
            plant.Advance(0.2, [1.0]);
        }

        Assert.Equal(2.0, coasting.Velocity[0], 1e-12);
        Assert.InRange(Math.Abs(braking.Velocity[0]), 0, 1e-3);
    }

    [Fact]
    public void An_arm_whose_bridges_go_off_falls()
    {
        ArmDescription arm = TestArms.Ar4Dc;
        Plant plant = new(PlantParameters.From(arm));
        plant.Reset([0, 0.8, 0.3, 0, 0.5, 0]);
        double[] hold = new double[6];
        plant.HoldingDrive(hold);
        plant.Advance(1, hold);
        double held = plant.Tool.Translation.Z;
        plant.BridgesEnabled = false;
        plant.Advance(0.5, hold);
        Assert.All(plant.DriveTorque.ToArray(), torque => Assert.Equal(0, torque, 1e-12));
        Assert.True(plant.Tool.Translation.Z < held - 0.05, $"held at {held} m, then {plant.Tool.Translation.Z} m");
    }

    [Fact]
    public void An_arm_that_is_held_rests_on_its_friction()
    {
        Plant plant = new(PlantParameters.From(TestArms.Ar4Dc));
        double[] start = [0.2, 0.8, 0.3, 0.1, 0.5, 0];
        plant.Reset(start);
        double[] hold = new double[6];
        plant.HoldingDrive(hold);
        plant.Advance(20, hold);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(start[i], plant.Position[i], 1e-9);
            Assert.Equal(0, plant.Velocity[i], 1e-12);
        }
    }

    /// <summary>A joint that friction holds so stiffly that no back-EMF arises.</summary>
    private static Plant Blocked()
    {
        Plant plant = new(PlantParameters.From(TestArms.Turntable(0.1, new(50, 0, 1, 0.05))) with { PreslidingDeflection = 1e-8 });
        plant.Reset([0]);
        return plant;
    }

    private static Plant Turntable(JointFriction friction, double inertia = 0.1)
    {
        Plant plant = new(PlantParameters.From(TestArms.Turntable(inertia, friction)));
        plant.Reset([0]);
        return plant;
    }
}
