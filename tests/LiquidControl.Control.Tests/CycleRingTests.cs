using Xunit;

namespace LiquidControl.Control.Tests;

public class CycleRingTests
{
    [Fact]
    public void The_newest_come_first_and_the_oldest_are_overwritten()
    {
        ControlCycle cycle = Run(capacity: 4, cycles: 10);
        Assert.Equal(10, cycle.Ring.Written);
        Assert.Equal(4, cycle.Ring.Count);
        for (int age = 0; age < 4; age++)
            Assert.Equal(9 - age, cycle.Ring.Newest(age).Cycle);
        Assert.Throws<ArgumentOutOfRangeException>(() => cycle.Ring.Newest(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => cycle.Ring.Newest(-1));
    }

    [Fact]
    public void Before_it_is_full_only_what_was_written_can_be_read()
    {
        ControlCycle cycle = Run(capacity: 100, cycles: 3);
        Assert.Equal(3, cycle.Ring.Count);
        Assert.Equal(0, cycle.Ring.Newest(2).Cycle);
        Assert.Throws<ArgumentOutOfRangeException>(() => cycle.Ring.Newest(3));
    }

    [Fact]
    public void A_ring_remembers_at_least_one_cycle() => Assert.Throws<ArgumentOutOfRangeException>(() => new CycleRing(0, 3));

    [Fact]
    public void Every_bit_that_comes_in_changes_the_hash()
    {
        ulong plain = Run(8, 5).StateHash;
        Assert.Equal(plain, Run(8, 5).StateHash);
        Action<SensorFrame>[] changes =
        [
            frame => frame.EncoderCounts[1]++,
            frame => frame.EncoderStatus[2] = ChannelStatus.ParityError,
            frame => frame.EncoderTimestampNs[0]++,
            frame => frame.CurrentCounts[0]++,
            frame => frame.CurrentStatus[0] = ChannelStatus.BusError,
            frame => frame.CurrentTimestampNs[0]++,
            frame => frame.SupplyCounts++,
            frame => frame.SupplyStatus = ChannelStatus.OutOfRange,
            frame => frame.SupplyTimestampNs++,
            frame => frame.ImuCounts[6]++,
            frame => frame.ImuStatus = ChannelStatus.BusError,
            frame => frame.ImuTimestampNs++,
            frame => frame.EmergencyStop = true,
            frame => frame.EmergencyStopStatus = ChannelStatus.BusError,
        ];
        ulong[] hashes = [.. changes.Select(change => Run(8, 5, change).StateHash), Run(8, 5, readFaults: HardwareFaults.ImuBus).StateHash, plain];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    private static ControlCycle Run(
        int capacity, int cycles, Action<SensorFrame>? change = null, HardwareFaults readFaults = HardwareFaults.None)
    {
        var hardware = new ScriptedHardware();
        var cycle = new ControlCycle(
            TestArm.Create(), new ControllerSettings(), ControllerKind.CtEso, hardware, hardware, ringCapacity: capacity);
        cycle.Configure();
        cycle.Activate();
        for (int k = 0; k < cycles; k++)
        {
            // Only the last cycle differs: what it brought in shows in nothing but the record.
            hardware.Change = k == cycles - 1 ? change : null;
            hardware.ReadFaults = k == cycles - 1 ? readFaults : HardwareFaults.None;
            cycle.Step();
            hardware.NowNs += 2_000_000;
        }

        return cycle;
    }

    /// <summary>An upright arm that stands, and a clock.</summary>
    private sealed class ScriptedHardware : IArmHardware, IClock
    {
        public Action<SensorFrame>? Change { get; set; }

        public HardwareFaults ReadFaults { get; set; }

        public long NowNs { get; set; }

        public int JointCount => 3;

        public long BusTimeNs => 0;

        public void Configure()
        {
        }

        public void Activate()
        {
        }

        public HardwareFaults Read(long nowNs, SensorFrame frame)
        {
            Array.Fill(frame.EncoderStatus, ChannelStatus.Fresh);
            Array.Fill(frame.CurrentStatus, ChannelStatus.Fresh);
            frame.SupplyStatus = ChannelStatus.Fresh;
            frame.SupplyCounts = 6000;
            frame.EmergencyStopStatus = ChannelStatus.Fresh;
            Change?.Invoke(frame);
            return ReadFaults;
        }

        public HardwareFaults Write(ReadOnlySpan<double> drive) => HardwareFaults.None;

        public HardwareFaults Disable() => HardwareFaults.None;
    }
}
