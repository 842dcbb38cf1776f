namespace LiquidControl.Simulation;

/// <summary>Holds drives back for whole cycles.</summary>
internal sealed class DriveDelay
{
    private readonly double[][] _slots;
    private int _oldest;

    public DriveDelay(int cycles, int jointCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cycles);
        _slots = new double[cycles + 1][];
        for (int i = 0; i < _slots.Length; i++)
            _slots[i] = new double[jointCount];
    }

    /// <summary>The drives that come out before the first ones put in.</summary>
    public void Fill(ReadOnlySpan<double> drive)
    {
        foreach (double[] slot in _slots)
            drive.CopyTo(slot);
    }

    /// <summary>Where this cycle's drives go in.</summary>
    public Span<double> Input => _slots[_oldest];

    /// <summary>The drives put in as many cycles ago as the delay says. Call once a cycle, after filling <see cref="Input"/>.</summary>
    public ReadOnlySpan<double> Shift()
    {
        _oldest = _oldest + 1 == _slots.Length ? 0 : _oldest + 1;
        return _slots[_oldest];
    }
}
