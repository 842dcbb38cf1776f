using LiquidControl.Control;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// Electronics that others reach at the same time: each call takes the board's lock for as long as it lasts, and the time is that of the
/// board's clock.
/// </summary>
internal sealed class SharedElectronics(IArmElectronics electronics, SharedBoard board) : IArmElectronics
{
    public IArmHardware Hardware => electronics.Hardware;

    public bool BridgesEnabled
    {
        get
        {
            using (board.Lock.EnterScope())
            {
                electronics.AdvanceTo(board.Clock.NowNs);
                return electronics.BridgesEnabled;
            }
        }
    }

    public void CopyDrives(Span<double> drive)
    {
        using (board.Lock.EnterScope())
        {
            electronics.AdvanceTo(board.Clock.NowNs);
            electronics.CopyDrives(drive);
        }
    }

    public void AdvanceTo(long nowNs)
    {
        using (board.Lock.EnterScope())
        {
            electronics.AdvanceTo(board.Clock.NowNs);
        }
    }

    public void Publish(SensorReadings readings, bool dropEncoders)
    {
        using (board.Lock.EnterScope())
        {
            electronics.Publish(readings, dropEncoders);
        }
    }
}
