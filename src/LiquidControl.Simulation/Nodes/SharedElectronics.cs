using LiquidControl.Control;
using LiquidControl.Realtime;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// Electronics that others reach at the same time: each call takes the board's lock for as long as it lasts, and the board's clock is the
/// machine's.
/// </summary>
internal sealed class SharedElectronics(IArmElectronics electronics, Lock boardLock) : IArmElectronics
{
    public IArmHardware Hardware => electronics.Hardware;

    public bool BridgesEnabled
    {
        get
        {
            using (boardLock.EnterScope())
            {
                electronics.AdvanceTo(MonotonicClock.NowNs);
                return electronics.BridgesEnabled;
            }
        }
    }

    public void CopyDrives(Span<double> drive)
    {
        using (boardLock.EnterScope())
        {
            electronics.AdvanceTo(MonotonicClock.NowNs);
            electronics.CopyDrives(drive);
        }
    }

    public void AdvanceTo(long nowNs)
    {
        using (boardLock.EnterScope())
        {
            electronics.AdvanceTo(MonotonicClock.NowNs);
        }
    }

    public void Publish(SensorReadings readings, bool dropEncoders)
    {
        using (boardLock.EnterScope())
        {
            electronics.Publish(readings, dropEncoders);
        }
    }
}
