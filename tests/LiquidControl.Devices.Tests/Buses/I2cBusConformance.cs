using LiquidControl.Devices.Buses;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Devices.Tests.Buses;

/// <summary>What every I2C adapter must do, tried on the emulated board's chips.</summary>
public abstract class I2cBusConformance
{
    private const int Pwm = 0x40;
    private const int Supply = 0x41;
    private const int Absent = 0x33;

    protected I2cBusConformance()
    {
        Board = new EmulatedArmBoard(DcArmWiring.Ar4Dc);
        Board.SetSupplyVoltage(24.0);
    }

    protected EmulatedArmBoard Board { get; }

    /// <summary>The adapter under test, with the board's addresses reachable.</summary>
    protected abstract II2cBus Bus { get; }

    [Fact]
    public void A_write_then_a_read_in_one_transaction_gives_the_register()
    {
        Assert.Equal(BusResult.Ok, Bus.Transfer(Pwm, [0x08, 0xAB], []));
        byte[] read = new byte[1];
        Assert.Equal(BusResult.Ok, Bus.Transfer(Pwm, [0x08], read));
        Assert.Equal(0xAB, read[0]);
    }

    [Fact]
    public void A_read_alone_goes_on_where_the_chip_stands()
    {
        byte[] read = new byte[2];
        Assert.Equal(BusResult.Ok, Bus.Transfer(Supply, [0x02], []));
        Assert.Equal(BusResult.Ok, Bus.Transfer(Supply, [], read));
        Assert.Equal(6000, (read[0] << 8 | read[1]) >> 3);
    }

    [Fact]
    public void An_address_nobody_has_is_an_error() =>
        Assert.Contains(Bus.Transfer(Absent, [0x00], []), new[] { BusResult.Nak, BusResult.NoDevice });

    [Theory]
    [InlineData(0x02)]
    [InlineData(0x78)]
    [InlineData(-1)]
    [InlineData(1000)]
    public void An_address_no_chip_can_have_is_refused(int address) => Assert.Equal(BusResult.Refused, Bus.Transfer(address, [0x00], []));

    [Fact]
    public void A_transfer_of_nothing_is_refused() => Assert.Equal(BusResult.Refused, Bus.Transfer(Pwm, [], []));

    [Theory]
    [InlineData(BusResult.Nak)]
    [InlineData(BusResult.Timeout)]
    [InlineData(BusResult.ArbitrationLost)]
    [InlineData(BusResult.IoError)]
    public void An_error_is_named_and_the_next_transfer_works(BusResult fault)
    {
        byte[] read = new byte[1];
        Board.Faults.FailI2c(Pwm, fault, 2);
        Assert.Equal(fault, Bus.Transfer(Pwm, [0x00], read));
        Assert.Equal(fault, Bus.Transfer(Pwm, [0x00, 0x20], []));
        Assert.Equal(BusResult.Ok, Bus.Transfer(Pwm, [0x00], read));
        Assert.Equal(0x11, read[0]);
    }

    [Fact]
    public void A_fault_of_one_address_leaves_the_others_alone()
    {
        byte[] read = new byte[2];
        Board.Faults.FailI2c(Pwm, BusResult.Nak);
        Assert.Equal(BusResult.Ok, Bus.Transfer(Supply, [0x00], read));
        Assert.Equal([0x39, 0x9F], read);
    }

    [Fact]
    public void Time_on_the_bus_adds_up()
    {
        byte[] read = new byte[14];
        long before = Bus.BusyNs;
        Bus.Transfer(0x68, [0x3B], read);
        long between = Bus.BusyNs;
        Bus.Transfer(0x68, [0x3B], read);
        Assert.True(before < between && between < Bus.BusyNs, $"{before}, {between}, {Bus.BusyNs} ns");
    }

    [Fact]
    public void A_transfer_that_succeeds_allocates_nothing()
    {
        byte[] read = new byte[14];
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
            Bus.Transfer(0x68, [0x3B], read);
            Bus.Transfer(Pwm, [0x08, 0x01], []);
            Bus.Transfer(Supply, [], read);
        }
    }
}
