using LiquidControl.Control;

namespace LiquidControl.Simulation;

/// <summary>
/// What is wrong with an arm's bridges, between the duty that was asked for and the one the motor feels. Each fault can be mended again.
/// Joints count from 0. See <see cref="Plant"/> for what may be wrong with its motors.
/// </summary>
public sealed class DriveFaults
{
    private readonly bool[] _isReversed;
    private readonly double[] _kept;
    private readonly bool[] _isStuck;

    internal DriveFaults(int jointCount)
    {
        _isReversed = new bool[jointCount];
        _kept = new double[jointCount];
        _isStuck = new bool[jointCount];
    }

    /// <summary>A motor's wires are exchanged.</summary>
    public void Reverse(int joint) => _isReversed[joint] = true;

    /// <summary>A bridge keeps the duty it has now, until the bridges are disabled and for as long as they are enabled.</summary>
    public void Stick(int joint) => _isStuck[joint] = true;

    public void Mend(int joint) => (_isReversed[joint], _isStuck[joint]) = (false, false);

    public void MendAll()
    {
        for (int i = 0; i < _isStuck.Length; i++)
            Mend(i);
    }

    /// <summary>The current sensor sits at the bridge: where the wires behind it are exchanged it feels the current the other way.</summary>
    internal void Apply(SensorReadings readings, CurrentScale[] scales)
    {
        for (int i = 0; i < scales.Length; i++)
        {
            if (_isReversed[i])
                readings.Current[i] = 2 * scales[i].ZeroCounts - readings.Current[i];
        }
    }

    internal void Apply(Span<double> drive)
    {
        for (int i = 0; i < drive.Length; i++)
        {
            if (!_isStuck[i])
                _kept[i] = drive[i];
            drive[i] = _isReversed[i] ? -_kept[i] : _kept[i];
        }
    }
}
