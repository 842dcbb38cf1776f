using LiquidControl.Devices.Buses;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Devices.Tests.Buses;

/// <summary>What every SPI adapter must do, tried on the emulated current converter.</summary>
public abstract class SpiBusConformance
{
    protected SpiBusConformance()
    {
        Board = new EmulatedArmBoard(DcArmWiring.Ar4Dc);
        Board.SetMotorCurrentCounts(3, 0x2A5);
    }

    protected EmulatedArmBoard Board { get; }

    protected abstract ISpiBus Bus { get; }

    [Fact]
    public void Bytes_go_both_ways_in_one_transfer()
    {
        byte[] read = new byte[3];
        Assert.Equal(BusResult.Ok, Bus.Transfer([0x01, 0xB0, 0x00], read, 3));
        Assert.Equal(0x2A5, (read[1] & 3) << 8 | read[2]);
    }

    [Fact]
    public void Frames_of_one_call_each_select_the_chip_anew()
    {
        Board.SetMotorCurrentCounts(1, 0x155);
        byte[] read = new byte[9];
        Assert.Equal(BusResult.Ok, Bus.Transfer([0x01, 0xB0, 0x00, 0x01, 0x90, 0x00, 0x01, 0xB0, 0x00], read, 3));
        Assert.Equal([0x2A5, 0x155, 0x2A5], new[] { 0, 3, 6 }.Select(at => (read[at + 1] & 3) << 8 | read[at + 2]));
    }

    [Fact]
    public void A_part_of_a_frame_and_too_many_frames_are_refused()
    {
        Assert.Equal(BusResult.Refused, Bus.Transfer([0x01, 0xB0, 0x00, 0x01], new byte[4], 3));
        Assert.Equal(BusResult.Refused, Bus.Transfer(new byte[ISpiBus.MaxFrames + 1], new byte[ISpiBus.MaxFrames + 1], 1));
        Assert.Equal(BusResult.Refused, Bus.Transfer([0x01], new byte[1], 0));
    }

    [Fact]
    public void An_error_in_a_frame_is_the_calls_and_the_next_call_works()
    {
        byte[] read = new byte[6];
        Board.Faults.FailCurrents(BusResult.IoError, 1);
        Assert.Equal(BusResult.IoError, Bus.Transfer([0x01, 0xB0, 0x00, 0x01, 0xB0, 0x00], read, 3));
        Assert.Equal(BusResult.Ok, Bus.Transfer([0x01, 0xB0, 0x00, 0x01, 0xB0, 0x00], read, 3));
    }

    [Fact]
    public void Spans_of_unequal_length_and_empty_ones_are_refused()
    {
        Assert.Equal(BusResult.Refused, Bus.Transfer([0x01, 0xB0, 0x00], new byte[2], 3));
        Assert.Equal(BusResult.Refused, Bus.Transfer([0x01], [], 1));
        Assert.Equal(BusResult.Refused, Bus.Transfer([], [], 1));
    }

    [Theory]
    [InlineData(BusResult.Timeout)]
    [InlineData(BusResult.NoDevice)]
    [InlineData(BusResult.IoError)]
    public void An_error_is_named_and_the_next_transfer_works(BusResult fault)
    {
        byte[] read = new byte[3];
        Board.Faults.FailCurrents(fault, 1);
        Assert.Equal(fault, Bus.Transfer([0x01, 0xB0, 0x00], read, 3));
        Bytes_go_both_ways_in_one_transfer();
    }

    [Fact]
    public void Time_on_the_bus_adds_up()
    {
        byte[] read = new byte[3];
        long before = Bus.BusyNs;
        Bus.Transfer([0x01, 0xB0, 0x00], read, 3);
        long between = Bus.BusyNs;
        Bus.Transfer([0x01, 0xB0, 0x00], read, 3);
        Assert.True(before < between && between < Bus.BusyNs, $"{before}, {between}, {Bus.BusyNs} ns");
    }

    [Fact]
    public void A_transfer_that_succeeds_allocates_nothing()
    {
        byte[] read = new byte[3];
        Transfers(read);
        Transfers(read);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Transfers(read);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Transfers(byte[] read)
    {
        for (int i = 0; i < 100; i++)
        {
            Bus.Transfer([0x01, 0xB0, 0x00], read, 3);
        }
    }
}
