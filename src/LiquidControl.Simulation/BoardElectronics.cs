using LiquidControl.Control;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Simulation;

/// <summary>The emulated chips of a DC arm, with the register-level drivers on top.</summary>
public sealed class BoardElectronics(EmulatedArmBoard board) : IArmElectronics
{
    public EmulatedArmBoard Board => board;

    public IArmHardware Hardware { get; } = board.CreateHardware();

    public bool BridgesEnabled => board.BridgesEnabled;

    public void CopyDrives(Span<double> drive)
    {
        for (int i = 0; i < drive.Length; i++)
            drive[i] = board.Drive(i);
    }

    public void AdvanceTo(long nowNs) => board.AdvanceTo(nowNs);

    public void Publish(SensorReadings readings, bool dropEncoders)
    {
        for (int i = 0; i < readings.Encoder.Length; i++)
        {
            board.SetEncoderCounts(i, readings.Encoder[i]);
            board.SetMotorCurrentCounts(i, readings.Current[i]);
        }

        board.SetSupplyVoltage(readings.Supply);
        board.SetImu(readings.Imu);
        if (dropEncoders) board.Faults.DropEncoderFrame();
    }
}
