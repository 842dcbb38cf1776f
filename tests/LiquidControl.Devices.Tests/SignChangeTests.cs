using CsCheck;
using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Devices.Tests;

/// <summary>Magnitude 0, direction, magnitude: in that order on the wire, whatever fails on the way.</summary>
public sealed class SignChangeTests
{
    private readonly EmulatedArmBoard _board = new(DcArmWiring.Ar4Dc);
    private readonly WireLog _log = new();
    private readonly DcArmHardware _hardware;

    public SignChangeTests()
    {
        _hardware = new DcArmHardware(
            DcArmWiring.Ar4Dc, _log.Listen(_board.I2c), _board.EncoderSpi, _board.CurrentSpi, _log.Listen(_board.Lines));
        _hardware.Configure();
        _hardware.Activate();
        Write([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
        _log.Take();
    }

    [Fact]
    public void Without_a_sign_change_there_is_one_transaction()
    {
        Write([0.25, 0.25, 0.25, 0.25, 0.25, 0.25]);
        Assert.Equal(["40 w 06 00 00 00 04 00 00 00 04 00 00 00 04 00 00 00 04 00 00 00 04 00 00 00 04"], _log.Take());
    }

    [Fact]
    public void Only_the_channels_that_change_sign_are_zeroed_before_their_lines_move()
    {
        Write([0.5, -0.25, 0.5, 0.5, 0.5, -0.25]);
        Assert.Equal(
            [
                "40 w 0D 10",
                "40 w 1D 10",
                "lines 000 of 022",
                "40 w 06 00 00 00 08 00 00 00 04 00 00 00 08 00 00 00 08 00 00 00 08 00 00 00 04",
            ],
            _log.Take());
        Assert.Equal([0.5, -0.25, 0.5, 0.5, 0.5, -0.25], Enumerable.Range(0, 6).Select(_board.Drive));
    }

    [Fact]
    public void A_channel_that_stands_at_zero_needs_no_zeroing()
    {
        Write([0.0, 0.5, 0.5, 0.5, 0.5, 0.5]);
        _log.Take();
        Write([-0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
        Assert.Equal("lines 000 of 001", _log.Entries[0]);
        Assert.Equal(2, _log.Entries.Count);
    }

    [Fact]
    public void A_zero_magnitude_does_not_move_the_line()
    {
        Write([-0.0001, 0.5, 0.5, 0.5, 0.5, 0.5]);
        Assert.Single(_log.Take());
    }

    [Fact]
    public void When_zeroing_fails_the_line_stays_and_the_joint_gets_no_drive()
    {
        _board.Faults.FailI2c(0x40, BusResult.Nak, 2);
        Assert.Equal(HardwareFaults.PwmBus, Write([-0.5, 0.5, 0.5, 0.5, 0.5, 0.5]));
        Assert.Equal(
            [
                "40 w 09 10 Nak",
                "40 w 09 10 Nak",
                "40 w 06 00 00 00 10 00 00 00 08 00 00 00 08 00 00 00 08 00 00 00 08 00 00 00 08",
            ],
            _log.Take());
        Assert.Equal(HardwareFaults.None, Write([-0.5, 0.5, 0.5, 0.5, 0.5, 0.5]));
        Assert.Equal(-0.5, _board.Drive(0));
    }

    [Fact]
    public void When_the_lines_fail_the_joint_gets_no_drive_and_the_next_cycle_tries_again()
    {
        _board.Faults.FailLines(BusResult.IoError, 1);
        Assert.Equal(HardwareFaults.DirectionLines, Write([-0.5, 0.5, 0.5, 0.5, 0.5, 0.5]));
        Assert.Equal(0.0, _board.Drive(0));
        Assert.Equal(0.5, _board.Drive(1));
        Assert.Equal(HardwareFaults.None, Write([-0.5, 0.5, 0.5, 0.5, 0.5, 0.5]));
        Assert.Equal(-0.5, _board.Drive(0));
    }

    [Fact]
    public void After_a_failed_write_of_the_magnitudes_they_count_as_unknown_and_are_zeroed()
    {
        Write([0.0, 0.5, 0.5, 0.5, 0.5, 0.5]);
        _board.Faults.FailI2c(0x40, BusResult.Timeout, 2);
        Assert.Equal(HardwareFaults.PwmBus, Write([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]));
        _log.Take();
        Write([-0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
        Assert.Equal("40 w 09 10", _log.Entries[0]);
    }

    [Fact]
    public void One_failed_write_is_repeated_in_the_cycle_and_is_no_fault()
    {
        _board.Faults.FailI2c(0x40, BusResult.Nak, 1);
        Assert.Equal(HardwareFaults.None, Write([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]));
        Assert.Equal(2, _log.Entries.Count);
        Assert.Equal(0.6, _board.Drive(5), 1.0 / 4096);
    }

    [Fact]
    public void An_inverted_direction_line_gives_the_same_sense_with_the_other_level()
    {
        DcArmWiring wiring = DcArmWiring.Ar4Dc with { Joints = [.. DcArmWiring.Ar4Dc.Joints.Select(joint => joint with { DirectionSign = -1 })] };
        ArmRig rig = ArmRig.Active(wiring);
        rig.Cycle(0.5);
        Assert.Equal(0.5, rig.Board.Drive(3));
        rig.Board.Lines.Read(out uint levels);
        Assert.Equal(0u, levels & 0x3F);
        rig.Cycle(-0.5);
        Assert.Equal(-0.5, rig.Board.Drive(3));
        rig.Board.Lines.Read(out levels);
        Assert.Equal(0x3Fu, levels & 0x3F);
    }

    [Fact]
    public void Random_drives_with_random_faults_never_reverse_a_driving_bridge_nor_drive_the_wrong_way()
    {
        const ulong Seed = 20250101;
        PCG random = new(1, Seed);
        Gen<double> drive = Gen.Frequency((6, Gen.Double[-1.2, 1.2]), (1, Gen.Const(0.0)), (1, Gen.Const(double.NaN)), (1, Gen.Const(1.0)));
        Gen<double[]> drives = drive.Array[6];
        Gen<int> fault = Gen.Int[0, 9];
        for (int cycle = 0; cycle < 5000; cycle++)
        {
            switch (fault.Generate(random, null, out _))
            {
                case 0: _board.Faults.FailI2c(0x40, BusResult.Nak, Gen.Int[1, 4].Generate(random, null, out _)); break;
                case 1: _board.Faults.FailLines(BusResult.IoError, 1); break;
                case 2: _board.Faults.ClearAll(); break;
            }

            double[] commanded = drives.Generate(random, null, out _);
            HardwareFaults faults = Write(commanded);
            Assert.True(_board.ReversalsUnderDrive == 0, $"Seed {Seed}, cycle {cycle}: a driving bridge was reversed.");
            for (int joint = 0; joint < 6; joint++)
            {
                double wanted = double.IsNaN(commanded[joint]) ? 0.0 : Math.Clamp(commanded[joint], -1.0, 1.0);
                double driven = _board.Drive(joint);
                bool holds = faults == HardwareFaults.None
                    ? Math.Abs(driven - wanted) <= 1.0 / 4096
                    : (faults & HardwareFaults.PwmBus) != 0 || driven == 0.0 || Math.Abs(driven - wanted) <= 1.0 / 4096;
                Assert.True(holds, $"Seed {Seed}, cycle {cycle}, joint {joint}: wanted {wanted:R}, driven {driven:R}, faults {faults}.");
            }
        }
    }

    private HardwareFaults Write(double[] drives) => _hardware.Write(drives);
}
