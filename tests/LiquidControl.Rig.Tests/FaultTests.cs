using LiquidControl.Hosting;
using LiquidControl.Simulation;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Rig.Tests;

/// <summary>What the rig's faults do to the arm, seen without a controller.</summary>
public class FaultTests
{
    private static readonly RobotConfiguration Robot = RobotConfiguration.Load(RobotCatalog.Find("ar4-dc"));

    [Fact]
    public void Every_fault_has_its_own_name_and_is_mended()
    {
        Assert.Equal(RigFault.All.Count, RigFault.All.Select(fault => fault.Name).Distinct().Count());
        foreach (RigFault fault in RigFault.All.Where(fault =>
            !fault.NeedsNetwork && fault.Name is not ("payload" or "loop-killed" or "loop-late" or "pwm-reset" or "push")))
        {
            RigArm faulty = NewArm(), sound = NewArm();
            fault.Cause(faulty, 1, fault.Value?.Usual ?? 0.0);
            Look(faulty);
            faulty.MendAll();
            Assert.True(Look(faulty, cycles: 5) == Look(sound, cycles: 6), fault.Name);
        }
    }

    [Theory]
    [InlineData("encoder-jump", 30.0, 78)]
    [InlineData("encoder-jump", -30.0, -78)]
    public void An_encoder_that_jumps_is_off_by_so_many_counts(string name, double value, int counts)
    {
        RigArm arm = NewArm();
        int before = Counts(arm);
        RigFault.Find(name)!.Cause(arm, 1, value);
        arm.Arm.AdvanceCycle();
        Assert.InRange(Counts(arm) - before, counts - 5, counts + 5);
    }

    [Fact]
    public void An_encoder_of_the_wrong_sense_counts_the_other_way()
    {
        RigArm arm = NewArm();
        int zero = Robot.Arm.Encoders[1].ZeroCounts, before = Counts(arm);
        RigFault.Find("encoder-gear")!.Cause(arm, 1, -1.0);
        arm.Arm.AdvanceCycle();
        Assert.InRange(Counts(arm) - zero, zero - before - 5, zero - before + 5);
    }

    private static RigArm NewArm()
    {
        var board = new EmulatedArmBoard(Robot.Wiring!);
        var arm = SimulatedArm.ForEpisode(Robot.Arm, Scenario.Nominal, 1, new BoardElectronics(board));
        arm.Reset(Robot.Arm.Poses["home"]);
        return new RigArm(Robot, arm, board);
    }

    /// <summary>The angle that the second joint's encoder would give now.</summary>
    private static int Counts(RigArm arm)
    {
        var frame = new Control.SensorFrame(6);
        var hardware = arm.Board.CreateHardware();
        hardware.Configure();
        hardware.Read(arm.Arm.Clock.NowNs, frame);
        return frame.EncoderCounts[1];
    }

    /// <summary>What a controller reads after so many periods.</summary>
    private static string Look(RigArm arm, int cycles = 1)
    {
        var frame = new Control.SensorFrame(6);
        for (int k = 0; k < cycles; k++)
        {
            arm.Arm.AdvanceCycle();
            try
            {
                var hardware = arm.Board.CreateHardware();
                hardware.Configure();
                hardware.Read(arm.Arm.Clock.NowNs, frame);
            }
            catch (Control.HardwareException e)
            {
                return e.Message;
            }
        }

        return $"{string.Join(' ', frame.EncoderCounts)} {string.Join(' ', frame.CurrentCounts)} {frame.EmergencyStop}";
    }
}
