using LiquidControl.Control;
using LiquidControl.Devices;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Hosting.Machine;

/// <summary>
/// Time on the wires in a cycle, ns: the real drivers run on emulated buses at the clocks given, so there is no second table of their transfers.
/// The operating system's time for each transfer comes on top.
/// </summary>
/// <param name="LongestNs">The cycle that reverses every joint while the IMU is due.</param>
/// <param name="MeanNs">A cycle of a steady motion, over a whole round of the slow chips.</param>
public readonly record struct BusBudget(long LongestNs, double MeanNs)
{
    private const double Duty = 0.5;

    /// <exception cref="ArgumentException">The wiring contradicts itself.</exception>
    public static BusBudget Of(DcArmWiring wiring, int i2cHz)
    {
        var board = new EmulatedArmBoard(wiring, i2cHz);
        var hardware = board.CreateHardware();
        var frame = new SensorFrame(wiring.JointCount);
        hardware.Configure();
        hardware.Activate();
        long steady = 0, longest = 0;
        int round = wiring.SupplyDecimation;
        // The first cycle states every line anew; it belongs to neither.
        Cycle(hardware, frame, Duty);
        for (int i = 0; i < round; i++) steady += Cycle(hardware, frame, Duty);
        for (int i = 0; i < 2 * round; i++) longest = Math.Max(longest, Cycle(hardware, frame, i % 2 == 0 ? -Duty : Duty));
        return new(longest, steady / (double)round);
    }

    private static long Cycle(DcArmHardware hardware, SensorFrame frame, double duty)
    {
        Span<double> drive = stackalloc double[hardware.JointCount];
        drive.Fill(duty);
        long before = hardware.BusTimeNs;
        hardware.Read(0, frame);
        hardware.Write(drive);
        return hardware.BusTimeNs - before;
    }
}
