using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Chips;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Devices.Tests.Chips;

public sealed class As5048aChainTests
{
    private readonly EmulatedAs5048aChain _chips = new(2);
    private readonly EmulatedSpiBus _bus;
    private readonly WireLog _log = new();
    private readonly As5048aChain _encoders;
    private readonly int[] _angles = new int[2];
    private readonly ChannelStatus[] _status = new ChannelStatus[2];

    public As5048aChainTests()
    {
        _bus = new EmulatedSpiBus("spi0.0", 10_000_000, _chips);
        _encoders = new As5048aChain(_log.Listen(_bus), 2);
        _encoders.Configure();
        _log.Take();
        _chips.SetAngle(0, 0x0123);
        _chips.SetAngle(1, 0x3FFE);
    }

    [Fact]
    public void A_reading_asks_for_the_angles_then_fetches_them_while_asking_for_the_diagnostics()
    {
        Read();
        _log.Take();
        Assert.Equal(BusResult.Ok, Read());

        // Position 1 is last in the chain, so its word is first on the wire; 0x0123 and 0x0180 have even parity, 0x3FFE has odd.
        Assert.Equal(
            ["w FF FF FF FF r 01 80 01 80", "w 7F FD 7F FD r BF FE 01 23"],
            _log.Take());
        Assert.Equal([0x0123, 0x3FFE], _angles);
        Assert.Equal([ChannelStatus.Fresh, ChannelStatus.Fresh], _status);
    }

    [Fact]
    public void The_angle_is_the_one_of_this_reading()
    {
        Read();
        _chips.SetAngle(0, 5);
        Read();
        Assert.Equal(5, _angles[0]);
    }

    [Fact]
    public void A_wrong_parity_bit_rejects_only_that_chips_angle()
    {
        Read();
        _chips.SetAngle(0, 7);
        _chips.SetAngle(1, 8);
        _bus.FlipReply(2, 0x80, 2);
        Assert.Equal(BusResult.Ok, Read());
        Assert.Equal([ChannelStatus.ParityError, ChannelStatus.Fresh], _status);
        Assert.Equal([0x0123, 8], _angles);

        Read();
        Assert.Equal([ChannelStatus.Fresh, ChannelStatus.Fresh], _status);
        Assert.Equal([7, 8], _angles);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(13)]
    public void Any_single_flipped_bit_of_the_angle_is_seen(int bit)
    {
        Read();
        _bus.FlipReply(2 + (bit < 8 ? 1 : 0), (byte)(1 << bit % 8), 2);
        Read();
        Assert.Equal(ChannelStatus.ParityError, _status[0]);
        Assert.Equal(0x0123, _angles[0]);
    }

    [Fact]
    public void An_error_flag_comes_one_frame_late_rejects_one_angle_and_is_cleared_at_once()
    {
        Read();
        _log.Take();
        _bus.FlipCommand(0, 0x80, 1);
        Assert.Equal(BusResult.Ok, Read());
        Assert.Equal([ChannelStatus.Fresh, ChannelStatus.DeviceError], _status);
        Assert.Equal(3, _log.Entries.Count);
        Assert.StartsWith("w 40 01 7F FD", _log.Entries[2], StringComparison.Ordinal);

        _log.Take();
        Read();
        Assert.Equal([ChannelStatus.Fresh, ChannelStatus.Fresh], _status);
        Assert.Equal(2, _log.Entries.Count);
    }

    [Fact]
    public void An_error_flag_raised_by_the_second_command_is_cleared_in_the_next_reading()
    {
        Read();
        _bus.FlipCommand(0, 0x80, 2);
        Read();
        _log.Take();
        Read();
        Assert.Equal([ChannelStatus.Fresh, ChannelStatus.Fresh], _status);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void A_stuck_line_gives_no_angle_and_ends_with_the_fault(byte stuckAt)
    {
        Read();
        _bus.Stick(stuckAt, 6);
        for (int i = 0; i < 3; i++)
        {
            Read();
            Assert.Equal([ChannelStatus.OutOfRange, ChannelStatus.OutOfRange], _status);
            Assert.Equal([0x0123, 0x3FFE], _angles);
        }

        Read();
        Assert.Equal([ChannelStatus.Fresh, ChannelStatus.Fresh], _status);
    }

    [Fact]
    public void A_dropped_frame_costs_one_reading_and_no_reply_is_taken_for_another()
    {
        Read();
        for (int lost = 0; lost < 2; lost++)
        {
            Read();
            _bus.Fail(BusResult.Timeout, 1);
            Assert.Equal(BusResult.Timeout, Read());
            Assert.Equal([ChannelStatus.BusError, ChannelStatus.BusError], _status);

            // The chips now hold the answer to some other command, which must not be read as diagnostics.
            Assert.Equal(BusResult.Ok, Read());
            Assert.Equal([0x0123, 0x3FFE], _angles);
            Assert.Equal(EmulatedAs5048aChain.GoodDiagnostics, _encoders.Diagnostics[0]);
        }
    }

    [Fact]
    public void An_angle_left_over_from_a_lost_frame_is_not_taken_for_diagnostics()
    {
        // As diagnostics this angle would say: field too weak.
        _chips.SetAngle(0, 0x0980);
        SecondFrameLost lossy = new(_bus);
        As5048aChain encoders = new(lossy, 2);
        encoders.Configure();
        lossy.Lose = true;
        Assert.Equal(BusResult.Timeout, encoders.Read(_angles, _status));
        lossy.Lose = false;
        Assert.Equal(BusResult.Ok, encoders.Read(_angles, _status));
        Assert.Equal(EmulatedAs5048aChain.GoodDiagnostics, encoders.Diagnostics[0]);
        Assert.Equal([ChannelStatus.Fresh, ChannelStatus.Fresh], _status);
    }

    [Theory]
    [InlineData(0x0980, "weak field", ChannelStatus.MagnetLost)]
    [InlineData(0x0380, "CORDIC overflow", ChannelStatus.MagnetLost)]
    [InlineData(0x0080, "not started", ChannelStatus.DeviceError)]
    public void A_lost_or_weak_magnet_makes_the_angle_unbelievable_within_one_cycle(int diagnostics, string what, ChannelStatus expected)
    {
        Read();
        _chips.SetDiagnostics(1, diagnostics);
        Read();
        Read();
        Assert.True(_status[1] == expected, what);
        Assert.Equal(ChannelStatus.Fresh, _status[0]);
        Assert.Equal(diagnostics, _encoders.Diagnostics[1]);

        _chips.SetDiagnostics(1, EmulatedAs5048aChain.GoodDiagnostics);
        Read();
        Read();
        Assert.Equal(ChannelStatus.Fresh, _status[1]);
    }

    [Fact]
    public void A_strong_field_is_still_believed()
    {
        _chips.SetDiagnostics(1, 0x0500);
        Read();
        Read();
        Assert.Equal(ChannelStatus.Fresh, _status[1]);
    }

    [Fact]
    public void Six_encoders_take_two_transfers_of_96_bits()
    {
        EmulatedSpiBus bus = new("spi0.0", 10_000_000, new EmulatedAs5048aChain(6));
        As5048aChain six = new(bus, 6);
        six.Configure();
        long before = bus.BusyNs;
        six.Read(new int[6], new ChannelStatus[6]);
        Assert.Equal(2 * 9_600, bus.BusyNs - before);
    }

    [Theory]
    [InlineData(0x00, "the word 0x0000")]
    [InlineData(0xFF, "the word 0xFFFF")]
    public void Configure_sees_a_broken_chain(byte stuckAt, string found)
    {
        _bus.Stick(stuckAt, BusFaults.UntilCleared);
        HardwareException error = Assert.Throws<HardwareException>(_encoders.Configure);
        Assert.StartsWith($"SPI bus spi0.0, AS5048A (joint encoders), position 0 of the chain: found {found}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_sees_a_missing_magnet_and_says_which()
    {
        _chips.SetDiagnostics(1, 0x0BFF);
        HardwareException error = Assert.Throws<HardwareException>(_encoders.Configure);
        Assert.Contains("position 1 of the chain: found diagnostics 0x0BFF, expected a magnet in range", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_says_when_the_bus_itself_fails()
    {
        _bus.Fail(BusResult.NoDevice, BusFaults.UntilCleared);
        HardwareException error = Assert.Throws<HardwareException>(_encoders.Configure);
        Assert.Contains("found no such device (NoDevice), expected a transfer. Check", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_clears_an_error_flag_left_by_someone_else()
    {
        _bus.FlipCommand(0, 0x80, 1);
        Read();
        _encoders.Configure();
        Read();
        Assert.Equal([ChannelStatus.Fresh, ChannelStatus.Fresh], _status);
    }

    private sealed class SecondFrameLost(ISpiBus bus) : ISpiBus
    {
        public bool Lose { get; set; }

        public string Name => bus.Name;

        public long BusyNs => bus.BusyNs;

        public BusResult Transfer(ReadOnlySpan<byte> write, Span<byte> read, int frameLength)
        {
            if (!Lose)
            {
                return bus.Transfer(write, read, frameLength);
            }

            bus.Transfer(write[..frameLength], read[..frameLength], frameLength);
            return BusResult.Timeout;
        }
    }

    private BusResult Read() => _encoders.Read(_angles, _status);
}
