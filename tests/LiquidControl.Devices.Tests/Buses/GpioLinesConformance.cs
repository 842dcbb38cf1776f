using LiquidControl.Devices.Buses;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Devices.Tests.Buses;

/// <summary>What every GPIO adapter must do, tried on the emulated board's lines.</summary>
public abstract class GpioLinesConformance
{
    private const uint AllDirections = 0x3F;
    private static readonly int EmergencyStopBit = DcArmWiring.Ar4Dc.EmergencyStopBit;

    protected EmulatedArmBoard Board { get; } = new(DcArmWiring.Ar4Dc);

    protected abstract IGpioLines Lines { get; }

    [Fact]
    public void Only_the_lines_in_the_mask_change()
    {
        Assert.Equal(BusResult.Ok, Lines.Write(0x2A, AllDirections));
        Assert.Equal(BusResult.Ok, Lines.Write(0xFFFF, 0x01));
        Assert.Equal(BusResult.Ok, Lines.Write(0x00, 0x02));
        Assert.Equal(BusResult.Ok, Lines.Read(out uint levels));
        Assert.Equal(0x29u, levels & AllDirections);
    }

    [Fact]
    public void Requested_outputs_have_their_initial_level()
    {
        Assert.Equal(BusResult.Ok, Lines.Read(out uint levels));
        Assert.Equal(1u << DcArmWiring.Ar4Dc.EnableBit, levels);
    }

    [Fact]
    public void An_input_is_read_and_cannot_be_driven()
    {
        Board.SetEmergencyStop(true);
        Assert.Equal(BusResult.Ok, Lines.Read(out uint pressed));
        Assert.Equal(BusResult.Refused, Lines.Write(0, 1u << EmergencyStopBit | 1));
        Board.SetEmergencyStop(false);
        Assert.Equal(BusResult.Ok, Lines.Read(out uint released));
        Assert.Equal(1u << EmergencyStopBit, pressed ^ released);
    }

    [Fact]
    public void An_error_is_no_exception_and_the_next_call_works()
    {
        _ = Lines;
        Board.Faults.FailLines(BusResult.IoError, 1);
        Assert.Equal(BusResult.IoError, Lines.Write(1, 1));
        Board.Faults.FailLines(BusResult.IoError, 1);
        Assert.Equal(BusResult.IoError, Lines.Read(out _));
        Assert.Equal(BusResult.Ok, Lines.Write(1, 1));
    }

    [Fact]
    public void A_call_that_succeeds_allocates_nothing()
    {
        Calls();
        Calls();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Calls();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Calls()
    {
        for (uint i = 0; i < 100; i++)
        {
            Lines.Write(i, AllDirections);
            Lines.Read(out _);
        }
    }
}
