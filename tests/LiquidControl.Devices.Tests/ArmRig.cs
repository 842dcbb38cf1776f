using LiquidControl.Control;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Devices.Tests;

/// <summary>The reference arm's drivers on an emulated board, with a clock that steps one cycle at a time.</summary>
internal sealed class ArmRig
{
    public const long CycleNs = 2_000_000;

    public ArmRig(DcArmWiring? wiring = null)
    {
        Board = new EmulatedArmBoard(wiring ?? DcArmWiring.Ar4Dc);
        Board.SetSupplyVoltage(24.0);
        Hardware = Board.CreateHardware();
    }

    public EmulatedArmBoard Board { get; }

    public DcArmHardware Hardware { get; }

    public SensorFrame Frame { get; } = new(6);

    public long NowNs { get; private set; }

    /// <summary>A rig that is configured and active.</summary>
    public static ArmRig Active(DcArmWiring? wiring = null)
    {
        ArmRig rig = new(wiring);
        rig.Hardware.Configure();
        rig.Hardware.Activate();
        return rig;
    }

    /// <summary>Moves the clock one cycle and reads.</summary>
    public HardwareFaults Read()
    {
        NowNs += CycleNs;
        Board.AdvanceTo(NowNs);
        return Hardware.Read(NowNs, Frame);
    }

    /// <summary>Reads and writes one drive to every joint.</summary>
    public HardwareFaults Cycle(double drive)
    {
        Span<double> drives = stackalloc double[6];
        drives.Fill(drive);
        HardwareFaults faults = Read();
        return faults | Hardware.Write(drives);
    }

    /// <summary>The union of the faults of several cycles.</summary>
    public HardwareFaults Cycles(int count, double drive)
    {
        HardwareFaults faults = HardwareFaults.None;
        for (int i = 0; i < count; i++)
        {
            faults |= Cycle(drive);
        }

        return faults;
    }
}
