using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Control.Tests;

public class DriveStageTests
{
    private readonly RobotState _state = new(3) { Supply = 24.0 };
    private readonly JointCommand _command = new(3);

    [Fact]
    public void The_duty_gives_the_torque_at_the_measured_supply_and_the_coming_speed()
    {
        ArmDescription arm = TestArm.Create(motors: true);
        DcMotor motor = arm.Motors![0];
        _state.Supply = 21.5;
        _state.VelocityAtActuation[0] = 1.2;
        _command.Torque[0] = 6.0;
        var drives = new DriveStage(arm);
        Assert.Equal(LimitFlags.None, drives.Compute(_state, _command));
        Assert.Equal(6.0, drives.Achieved[0], 1e-9);
        Assert.Equal(6.0, motor.Torque(motor.Current(drives.Drive[0], 21.5, 1.2)), 1e-9);
    }

    [Fact]
    public void A_torque_the_drive_cannot_give_is_flagged_and_what_it_gives_is_said()
    {
        var drives = new DriveStage(TestArm.Create(motors: true));
        _state.Supply = 2.0;
        _command.Torque[1] = 20.0;
        Assert.Equal(LimitFlags.DriveSaturated, drives.Compute(_state, _command));
        Assert.Equal(1.0, drives.Drive[1]);
        Assert.InRange(drives.Achieved[1], 1.0, 19.0);
    }

    [Theory]
    [InlineData(10.0, 0.5, 10.0)]
    [InlineData(-20.0, -1.0, -20.0)]
    [InlineData(30.0, 1.0, 20.0)]
    public void An_ideal_source_gets_the_part_of_its_limit(double torque, double drive, double achieved)
    {
        var drives = new DriveStage(TestArm.Create());
        _command.Torque[2] = torque;
        LimitFlags flags = drives.Compute(_state, _command);
        Assert.Equal(drive, drives.Drive[2]);
        Assert.Equal(achieved, drives.Achieved[2]);
        Assert.Equal(torque == achieved ? LimitFlags.None : LimitFlags.DriveSaturated, flags);
    }

    [Fact]
    public void Cleared_drives_give_nothing()
    {
        var drives = new DriveStage(TestArm.Create());
        Array.Fill(_command.Torque, 5.0);
        drives.Compute(_state, _command);
        drives.Clear();
        Assert.Equal([0.0, 0.0, 0.0], drives.Drive);
        Assert.Equal([0.0, 0.0, 0.0], drives.Achieved);
    }
}
