using System.Diagnostics;
using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using LiquidControl.Simulation.Chips;
using LiquidControl.Simulation.Nodes;
using Xunit;

namespace LiquidControl.Devices.Tests.Nodes;

/// <summary>What the nodes do beyond what the adapters' conformance asks.</summary>
public sealed class NodeBehaviourTests : IDisposable
{
    private static readonly GpioLine[] Lines = DcArmWiring.Ar4Dc.GpioLines();

    private readonly EmulatedArmBoard _board = new(DcArmWiring.Ar4Dc);
    private readonly NodeRig _rig;

    public NodeBehaviourTests()
    {
        NodeRig.Require();
        _board.SetSupplyVoltage(24.0);
        _rig = new NodeRig(_board, linked: true);
    }

    public void Dispose() => _rig?.Dispose();

    [Fact]
    public void I2c_tools_find_and_read_the_chips()
    {
        RequireI2cTools();
        string bus = $"{_rig.I2cBus}";
        (int code, string map) = NodeRig.Run("i2cdetect", "-y", bus);
        Assert.Equal(0, code);
        Assert.Contains("40: 40 41 -- --", map, StringComparison.Ordinal);
        Assert.Equal(4, map.Split('\n').Skip(1).SelectMany(line => line.Split(' ').Skip(1)).Count(word => word.Length == 2 && word != "--"));
        Assert.Equal("0x68\n", NodeRig.Run("i2cget", "-y", bus, "0x68", "0x75").Output);
        Assert.Equal("0xbb 0x82\n", NodeRig.Run("i2ctransfer", "-y", bus, "w1@0x41", "0x02", "r2").Output);
        Assert.Equal(0, NodeRig.Run("i2cset", "-y", bus, "0x40", "0x08", "0xab").Code);
        Assert.Equal("0xab\n", NodeRig.Run("i2cget", "-y", bus, "0x40", "0x08").Output);
        Assert.Contains("No such device or address", NodeRig.Run("i2ctransfer", "-y", bus, "w1@0x33", "0").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transaction_takes_its_time_on_the_wire()
    {
        using IoctlI2cBus bus = new(_rig.PathOf(_rig.Layout.I2c));
        byte[] read = new byte[14];
        const int Transfers = 20;

        // Start, address, register, repeated start, address, fourteen bytes and stop at 400 kHz.
        const double WireUs = (3 + (9 * 17)) / 0.4;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Transfers; i++)
        {
            bus.Transfer(0x68, [0x3B], read);
        }

        Assert.True(Stopwatch.GetElapsedTime(start).TotalMicroseconds >= Transfers * WireUs);
        NodeTraffic traffic = _rig.Nodes.Traffic[0];
        Assert.Equal((Transfers, 0), (traffic.Transfers, traffic.Errors));
        Assert.Equal(Transfers * WireUs, traffic.WireNs * 1e-3, Transfers * 0.1);
    }

    [Fact]
    public void A_chip_in_the_wrong_mode_is_misread()
    {
        _board.SetMotorCurrentCounts(3, 0x2A5);
        using IoctlSpiBus bus = new(_rig.PathOf(_rig.Layout.CurrentSpi), mode: 1, DcArmWiring.CurrentSpiHz);
        byte[] read = new byte[3];
        Assert.Equal(BusResult.Ok, bus.Transfer([0x01, 0xB0, 0x00], read, frameLength: 3));
        Assert.NotEqual(0x2A5, (read[1] & 3) << 8 | read[2]);
    }

    [Fact]
    public void A_node_that_is_not_there_is_an_error_that_says_what_to_do()
    {
        HardwareException error = Assert.Throws<HardwareException>(() => new IoctlI2cBus("/dev/i2c-none"));
        Assert.Contains("I2C bus /dev/i2c-none: found No such file or directory (errno 2), expected a device node", error.Message, StringComparison.Ordinal);
        Assert.Contains("dtparam=i2c_arm=on", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_cannot_be_requested_without_the_filter_and_not_twice_with_it()
    {
        string chip = _rig.PathOf(_rig.Layout.GpioChip);
        Assert.Contains("hil exec", Assert.Throws<HardwareException>(() => new IoctlGpioLines(chip, Lines)).Message, StringComparison.Ordinal);
        using (_rig.Filtered(() => new IoctlGpioLines(chip, Lines)))
        {
            HardwareException busy = Assert.Throws<HardwareException>(() => _rig.Filtered(() => new IoctlGpioLines(chip, Lines)));
            Assert.Contains("found Device or resource busy (errno 16)", busy.Message, StringComparison.Ordinal);
        }

        using IoctlGpioLines again = _rig.Filtered(() => new IoctlGpioLines(chip, Lines));
        Assert.Equal(BusResult.Ok, again.Read(out _));
    }

    [Fact]
    public void The_links_never_replace_what_is_there()
    {
        IOException error = Assert.Throws<IOException>(() => new NodeLinks("/dev", _rig.Layout, "/tmp/elsewhere/nodes"));
        Assert.Contains("expected nothing there", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists($"/dev/{_rig.Layout.I2c}"));
    }

    [Fact]
    public void An_arm_driven_through_the_nodes_is_disabled_when_its_driver_falls_silent()
    {
        var nodes = new DcArmNodes
        {
            I2c = _rig.PathOf(_rig.Layout.I2c),
            EncoderSpi = _rig.PathOf(_rig.Layout.EncoderSpi),
            CurrentSpi = _rig.PathOf(_rig.Layout.CurrentSpi),
            GpioChip = _rig.PathOf(_rig.Layout.GpioChip),
        };
        using DcArmDevices devices = _rig.Filtered(() => new DcArmDevices(DcArmWiring.Ar4Dc, nodes));
        devices.Hardware.Configure();
        devices.Hardware.Activate();
        SensorFrame frame = new(6);
        MachineClock clock = new();
        long before = clock.NowNs;
        devices.Hardware.Read(before, frame);
        long after = clock.NowNs;
        Assert.Equal(ChannelStatus.Fresh, frame.EncoderStatus[5]);
        Assert.True(EnabledAt(before + 9_999_999));
        Assert.False(EnabledAt(after + 10_000_000));

        bool EnabledAt(long ns)
        {
            using (_rig.Nodes.BoardLock.EnterScope())
            {
                _board.AdvanceTo(ns);
                return _board.BridgesEnabled;
            }
        }
    }

    private static void RequireI2cTools()
    {
        bool found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Any(folder => File.Exists(Path.Combine(folder, "i2cdetect")));
        Assert.SkipUnless(found || Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1", "needs i2cdetect: apt-get install i2c-tools");
    }
}
