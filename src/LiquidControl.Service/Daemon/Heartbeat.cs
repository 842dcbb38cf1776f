using LiquidControl.Control;
using LiquidControl.Realtime;
using LiquidControl.Service.Linux;

namespace LiquidControl.Service.Daemon;

/// <summary>Tells systemd that the loop lives, only when its cycle counter has moved, and how the arm stands, when that changes.</summary>
internal sealed class Heartbeat(ServiceManager manager, PeriodicLoop loop, LoopStatus status)
{
    private readonly long _periodNs = (long)((manager.WatchdogPeriod ?? TimeSpan.FromSeconds(1)).TotalNanoseconds / 2);
    private readonly EnumWords<ControlState> _states = new();
    private readonly byte[] _line = new byte[64];
    private long _toldNs;
    private long _cycles;
    private ControlState _state;

    public void Beat()
    {
        if (status.State != _state)
        {
            _state = status.State;
            manager.Status(new Reply(_line).Add("STATUS="u8).Add(_states.Of(_state)).Bytes);
        }

        long now = MonotonicClock.NowNs;
        if (now - _toldNs < _periodNs || loop.Cycles == _cycles)
            return;
        _toldNs = now;
        _cycles = loop.Cycles;
        if (manager.WatchdogPeriod is not null)
            manager.Alive();
    }
}
