using LiquidControl.Control;

namespace LiquidControl.Service.Daemon;

/// <summary>How the loop stands, for other threads to look at: each number by itself is of the last cycle.</summary>
internal sealed class LoopStatus
{
    private long _cycles;
    private long _skipped;
    private int _state;
    private int _phase;
    private int _goal;
    private uint _faults;
    private int _notices;

    /// <summary>Periods since the loop began, the skipped ones left out.</summary>
    public long Cycles => Volatile.Read(ref _cycles);

    public long Skipped => Volatile.Read(ref _skipped);

    public ControlState State => (ControlState)Volatile.Read(ref _state);

    public ReferencePhase Phase => (ReferencePhase)Volatile.Read(ref _phase);

    public FaultCause Faults => (FaultCause)Volatile.Read(ref _faults);

    public Notices Notices => (Notices)Volatile.Read(ref _notices);

    /// <summary>What became of the last goal.</summary>
    public Robotics.TrajectoryResult Goal => (Robotics.TrajectoryResult)Volatile.Read(ref _goal);

    public void Update(ControlCycle cycle, long skipped)
    {
        Volatile.Write(ref _state, (int)cycle.State);
        Volatile.Write(ref _phase, (int)cycle.Reference.Phase);
        Volatile.Write(ref _goal, (int)cycle.Reference.LastResult);
        Volatile.Write(ref _faults, (uint)cycle.Faults);
        Volatile.Write(ref _notices, (int)cycle.Notices);
        Volatile.Write(ref _skipped, _skipped + skipped);
        Volatile.Write(ref _cycles, _cycles + 1);
    }
}
