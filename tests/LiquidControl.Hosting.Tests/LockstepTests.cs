using System.Diagnostics;
using System.Text.Json;
using LiquidControl.Control;
using LiquidControl.Devices;
using LiquidControl.Devices.Buses;
using LiquidControl.Numerics;
using LiquidControl.Simulation;
using LiquidControl.Simulation.Chips;
using LiquidControl.Simulation.Nodes;
using Xunit;

namespace LiquidControl.Hosting.Tests;

/// <summary>An emulated robot in lockstep, through its nodes as a program sees it.</summary>
public sealed class LockstepTests
{
    private const int Cycles = 60;
    private const long MillisecondNs = 1_000_000;

    public LockstepTests() => LockstepRig.Require();

    [Fact]
    public void Nothing_moves_between_two_heartbeats_however_long_one_waits()
    {
        using LockstepRig rig = new();
        rig.Activate();
        for (int i = 0; i < Cycles; i++)
            rig.Cycle(i);
        ulong hash = rig.Hash;
        Assert.Contains(rig.Robot.Arm.State.Velocity, velocity => Math.Abs(velocity) > 0.01);
        using IoctlSpiBus encoders = new(rig.Nodes.EncoderSpi, mode: 1, DcArmWiring.EncoderSpiHz);
        byte[] before = Angles(encoders);

        // Whatever else is written or read: drives, other lines, chips.
        rig.Devices.Hardware.Write([0.3, -0.3, 0.3, -0.3, 0.3, -0.3]);
        Thread.Sleep(50);
        Assert.Equal(before, Angles(encoders));
        Assert.Equal(hash, rig.Hash);
        Assert.True(rig.Robot.Arm.State.BridgesEnabled);

        rig.Cycle(Cycles);
        Assert.NotEqual(hash, rig.Hash);
        Assert.NotEqual(before, Angles(encoders));
    }

    [Fact]
    public void An_edge_of_the_heartbeat_moves_exactly_a_period_and_each_bit_is_that_of_a_loop_on_a_stepped_clock()
    {
        using LockstepRig rig = new();
        RobotConfiguration robot = rig.Robot.Configuration;
        double[] start = robot.Arm.Poses["home"], drives = new double[robot.Arm.JointCount];
        long period = rig.Robot.Lockstep!.PeriodNs;
        Assert.Equal(2 * MillisecondNs, period);
        EmulatedArmBoard board = new(robot.Wiring!);
        SimulatedArm twin = SimulatedRobot.NewArm(robot, new BoardElectronics(board), payload: 0.0);
        SensorFrame frame = new(robot.Arm.JointCount);
        twin.Reset(start);

        // Held until the bridges are on; Activate beats once, before it enables them.
        rig.Activate();
        var hardware = (DcArmHardware)twin.Hardware;
        hardware.Configure();
        twin.Clock.Advance(period);
        twin.Reset(start);
        hardware.Activate();
        Assert.Equal(HashOf(twin), rig.Hash);
        for (int i = 0; i < Cycles; i++)
        {
            Assert.Equal(HardwareFaults.None, rig.Cycle(i));
            twin.Advance(period);
            Assert.Equal(HardwareFaults.None, hardware.Read(i, frame));
            Assert.Equal(HashOf(twin), rig.Hash);
            Assert.Equal(frame.EncoderCounts, rig.Frame.EncoderCounts);
            Assert.Equal(frame.CurrentCounts, rig.Frame.CurrentCounts);
            Assert.Equal((i + 2) * period, rig.Robot.Arm.State.NowNs);
            LockstepRig.Drive(i, drives);
            hardware.Write(drives);
        }
    }

    [Fact]
    public void Two_runs_that_beat_and_write_the_same_are_equal_in_every_bit_whenever_they_do_it()
    {
        ulong[] hurried = Run(_ => { });
        Assert.Equal(Cycles, hurried.Distinct().Count());
        Assert.Equal(hurried, Run(cycle => Thread.Sleep(cycle % 7)));

        static ulong[] Run(Action<int> wait)
        {
            using LockstepRig rig = new();
            rig.Activate();
            ulong[] hashes = new ulong[Cycles];
            for (int i = 0; i < Cycles; i++)
            {
                rig.Cycle(i);
                wait(i);
                hashes[i] = rig.Hash;
            }

            return hashes;
        }
    }

    [Fact]
    public void Steps_without_a_heartbeat_open_the_bridges_after_ten_milliseconds_and_the_arm_falls()
    {
        using LockstepRig rig = new();
        using EmulatorSocket socket = new(rig.Robot);
        rig.Activate();
        rig.Cycle(0);
        Thread.Sleep(20);
        Assert.True(Step("ms 9").BridgesEnabled);
        EmulatorStatus status = Step("ms 1");
        Assert.False(status.BridgesEnabled);
        Assert.True(status.Lockstep);
        Assert.Equal((2 * rig.Robot.Lockstep!.PeriodNs) + (10 * MillisecondNs), status.NowNs);
        Assert.Equal(status.HeartbeatExpiresNs, status.NowNs);
        EmulatorStatus fallen = Step("periods 50");
        Assert.Equal(status.NowNs + (50 * rig.Robot.Lockstep!.PeriodNs), fallen.NowNs);
        Assert.True(Math.Abs(fallen.PositionDeg[1] - status.PositionDeg[1]) > 1.0, $"{fallen.PositionDeg[1] - status.PositionDeg[1]}°");

        // The next beat lets the bridges on again, from the period after it.
        rig.Cycle(1);
        Assert.True(rig.Robot.Arm.State.BridgesEnabled);
        EmulatorStatus late = Step("ms 40");
        Assert.Equal(late.HeartbeatExpiresNs + rig.Robot.Lockstep!.PeriodNs, late.BridgesSeenOffNs);

        EmulatorStatus Step(string much) => JsonSerializer.Deserialize(EmulatorSocket.Ask(rig.Robot.Socket, "step " + much), EmulatorJson.Default.EmulatorStatus)!;
    }

    [Fact]
    public void To_a_loop_whose_lines_fail_time_passes_too()
    {
        using LockstepRig rig = new();
        rig.Activate();
        rig.Cycle(0);
        EmulatedFault.Find("lines-dead").Apply(rig.Robot, null, null);
        long before = rig.Robot.Arm.State.NowNs;
        for (int i = 1; i <= 5; i++)
        {
            Assert.True((rig.Cycle(i) & HardwareFaults.EnableLine) != 0);
            Assert.Equal(before + (i * rig.Robot.Lockstep!.PeriodNs), rig.Robot.Arm.State.NowNs);
            Assert.Equal(i < 5, rig.Robot.Arm.State.BridgesEnabled);
        }
    }

    [Fact]
    public void A_transfer_takes_no_time_and_is_counted_all_the_same()
    {
        using LockstepRig rig = new();
        rig.Activate();
        const int Transfers = 100;
        using (rig.Robot.Nodes.BoardLock.EnterScope())
        {
            rig.Robot.Board.Faults.FailI2c(rig.Robot.Board.Wiring.PwmAddress, BusResult.Timeout, Transfers);
        }

        NodeTraffic before = rig.Robot.Nodes.Traffic[0];
        using IoctlI2cBus bus = new(rig.Nodes.I2c);
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < Transfers; i++)
            Assert.Equal(BusResult.Timeout, bus.Transfer(rig.Robot.Board.Wiring.PwmAddress, [0x06, 0], []));
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        NodeTraffic after = rig.Robot.Nodes.Traffic[0];
        Assert.Equal((Transfers, Transfers), (after.Transfers - before.Transfers, after.Errors - before.Errors));
        TimeSpan onWire = TimeSpan.FromMicroseconds((after.WireNs - before.WireNs) * 1e-3);
        Assert.True(took < onWire / 2, $"{took} of {onWire}");
    }

    [Fact]
    public void An_emulator_in_real_time_is_told_by_its_label_and_refuses_to_be_stepped()
    {
        using (LockstepRig lockstep = new())
            Assert.Equal(GpioChipLabel.EmulatedInLockstep, GpioChipLabel.Of(lockstep.Nodes.GpioChip));
        using LockstepRig rig = new(lockstep: false);
        using EmulatorSocket socket = new(rig.Robot);
        Assert.Equal(GpioChipLabel.Emulated, GpioChipLabel.Of(rig.Nodes.GpioChip));
        IOException refusal = Assert.Throws<IOException>(() => EmulatorSocket.Ask(rig.Robot.Socket, "step ms 1"));
        Assert.Contains("expected one in lockstep", refusal.Message, StringComparison.Ordinal);
        EmulatorStatus status = EmulatorStatus.Of(rig.Robot);
        Assert.False(status.Lockstep);
        Assert.InRange(status.NowNs, 1, new MachineClock().NowNs);
        Assert.Throws<HardwareException>(() => GpioChipLabel.Of(Path.GetTempPath() + "no-chip"));
    }

    /// <summary>What the chain of encoders says to a second question for its angles: the answer to the first.</summary>
    private static byte[] Angles(IoctlSpiBus encoders)
    {
        byte[] ask = new byte[12], heard = new byte[12];
        Array.Fill(ask, (byte)0xFF);
        encoders.Transfer(ask, heard, ask.Length);
        Assert.Equal(BusResult.Ok, encoders.Transfer(ask, heard, ask.Length));
        return heard;
    }

    private static ulong HashOf(SimulatedArm arm)
    {
        StateHash hash = default;
        arm.AddTo(ref hash);
        return hash.Value;
    }
}
