using System.Text.Json;
using LiquidControl.Cli.Reports;
using LiquidControl.Devices;
using LiquidControl.Devices.Buses;
using LiquidControl.Hosting;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Benchmarks.Nodes;

/// <summary>
/// Times the calls of a control cycle through an emulator's nodes, as the daemon makes them: on one processor, with real-time priority where it
/// is granted. The wire's time, which the emulator lets pass as a real bus would, is taken off; what is left is the emulation.
/// </summary>
/// <param name="nodes">Of a running emulator.</param>
/// <param name="wiring">Of its robot.</param>
/// <param name="socket">The emulator's.</param>
internal sealed class NodeCalls(DcArmNodes nodes, DcArmWiring wiring, string socket)
{
    private const int WarmUp = 200;

    /// <summary>Between two calls, so that the machine does what else it has to do.</summary>
    private const long PauseNs = 100_000;

    private static readonly byte[] ImuRegister = [0x3B];
    private readonly byte[] _duties = new byte[1 + (4 * wiring.JointCount)];
    private readonly byte[] _imu = new byte[14];
    private readonly byte[] _frames = new byte[4 * wiring.JointCount];
    private readonly byte[] _heard = new byte[4 * wiring.JointCount];
    private readonly byte[] _conversions = new byte[3 * wiring.JointCount];

    public NodeCallRow[] Measure(int calls)
    {
        using IoctlI2cBus i2c = new(nodes.I2c);
        using IoctlSpiBus encoders = new(nodes.EncoderSpi, mode: 1, DcArmWiring.EncoderSpiHz), currents = new(nodes.CurrentSpi, mode: 0, DcArmWiring.CurrentSpiHz);
        using IoctlGpioLines lines = new(nodes.GpioChip, wiring.GpioLines());
        uint led = 1u << wiring.StatusLedBit;
        _duties[0] = 0x06;
        return
        [
            Time("GPIO lines, set one", null, calls, () => lines.Write(0, led)),
            Time("GPIO lines, read all", null, calls, () => lines.Read(out _)),
            Time("SPI, two frames of all encoders", Path.GetFileName(nodes.EncoderSpi), calls, () => encoders.Transfer(_frames, _heard.AsSpan(0, _frames.Length), _frames.Length / 2)),
            Time("SPI, all motor currents", Path.GetFileName(nodes.CurrentSpi), calls, () => currents.Transfer(_conversions, _heard.AsSpan(0, _conversions.Length), 3)),
            Time("I2C, one byte to the IMU, 14 back", Path.GetFileName(nodes.I2c), calls, () => i2c.Transfer(wiring.ImuAddress, ImuRegister, _imu)),
            Time("I2C, all duties to the PWM", Path.GetFileName(nodes.I2c), calls, () => i2c.Transfer(wiring.PwmAddress, _duties, [])),
        ];
    }

    private NodeCallRow Time(string call, string? bus, int calls, Func<BusResult> make)
    {
        for (int i = 0; i < WarmUp; i++) Require(call, make());
        LatencyHistogram times = new();
        double wireMs = WireMs(bus);
        long next = MonotonicClock.NowNs;
        for (int i = 0; i < calls; i++)
        {
            MonotonicClock.TryWaitUntil(next);
            long start = MonotonicClock.NowNs;
            Require(call, make());
            long end = MonotonicClock.NowNs;
            times.Record(end - start);
            next = end + PauseNs;
        }

        double wireUs = 1e3 * (WireMs(bus) - wireMs) / calls;
        double Beyond(double percent) => (times.AtPercentile(percent) * 1e-3) - wireUs;
        return new(call, calls, wireUs, Beyond(50.0), Beyond(99.0), Beyond(99.9), (times.MaxNs * 1e-3) - wireUs);
    }

    private double WireMs(string? bus) =>
        bus is null ? 0.0 : JsonSerializer.Deserialize(EmulatorSocket.Ask(socket, "status"), EmulatorJson.Default.EmulatorStatus)!.Nodes.Single(node => node.Node == bus).WireMs;

    private static void Require(string call, BusResult result)
    {
        if (result != BusResult.Ok) throw new BadInputException($"{call}: found {result}, expected Ok. Is a fault switched on in the emulator?");
    }
}
