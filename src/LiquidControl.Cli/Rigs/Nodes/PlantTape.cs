using LiquidControl.Simulation;
using LiquidControl.Simulation.Nodes;

namespace LiquidControl.Cli.Rigs.Nodes;

/// <summary>
/// Every step of a plant that moves on its own, for one reader that comes late: what the arm did is judged by when it did it, not by when
/// somebody looked. One step is written at a time; neither side waits or allocates.
/// </summary>
internal sealed class PlantTape(int jointCount) : IPlantObserver
{
    /// <summary>Two seconds at the most steps that a plant and a loop at 500 Hz make.</summary>
    private const int Capacity = 1 << 13;

    private readonly long[] _times = new long[Capacity];
    private readonly bool[] _enabled = new bool[Capacity];
    private readonly double[] _states = new double[Capacity * 2 * jointCount];
    private long _written;
    private long _read;

    /// <summary>Steps that were overwritten before they were read.</summary>
    public long Lost { get; private set; }

    /// <summary>Of the step read last, ns.</summary>
    public long TimeNs => _times[Slot(_read - 1)];

    public bool BridgesEnabled => _enabled[Slot(_read - 1)];

    /// <summary>rad.</summary>
    public ReadOnlySpan<double> Position => _states.AsSpan(2 * jointCount * Slot(_read - 1), jointCount);

    /// <summary>rad/s.</summary>
    public ReadOnlySpan<double> Velocity => _states.AsSpan(2 * jointCount * Slot(_read - 1) + jointCount, jointCount);

    public void Moved(long nowNs, bool bridgesEnabled, Plant plant)
    {
        int slot = Slot(_written), at = 2 * jointCount * slot;
        _times[slot] = nowNs;
        _enabled[slot] = bridgesEnabled;
        plant.Position.CopyTo(_states.AsSpan(at));
        plant.Velocity.CopyTo(_states.AsSpan(at + jointCount));
        Volatile.Write(ref _written, _written + 1);
    }

    /// <summary>On with the next step to be made.</summary>
    public void FromNow() => _read = Volatile.Read(ref _written);

    /// <summary>On to the next step, if it was made by then.</summary>
    public bool Read(long untilNs)
    {
        long written = Volatile.Read(ref _written);
        // Half the tape as a lead: the writer must not come round while a step is looked at.
        if (written - _read > Capacity / 2)
        {
            Lost += written - _read - 1;
            _read = written - 1;
        }

        if (_read >= written || _times[Slot(_read)] > untilNs)
            return false;
        _read++;
        return true;
    }

    private static int Slot(long number) => (int)(number & Capacity - 1);
}
