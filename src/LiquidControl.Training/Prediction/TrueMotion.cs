using LiquidControl.Simulation;

namespace LiquidControl.Training.Prediction;

/// <summary>
/// The plant's joint positions and velocities over a move, written down once a cycle, and read at any time in between by the cubic that both
/// fit (Hermite). For judging, never for control.
/// </summary>
/// <param name="jointCount">Joints.</param>
public sealed class TrueMotion(int jointCount)
{
    private readonly List<double> _time = [];
    private readonly List<double> _states = [];

    /// <summary>Time of the last sample, s; before the first one minus infinity.</summary>
    public double End => _time.Count > 0 ? _time[^1] : double.NegativeInfinity;

    /// <summary>Adds a sample; times rise.</summary>
    public void Add(double time, Plant plant)
    {
        _time.Add(time);
        _states.AddRange(plant.Position);
        _states.AddRange(plant.Velocity);
    }

    /// <summary>The state at a time between the first sample and the last, rad and rad/s.</summary>
    public void At(double time, Span<double> position, Span<double> velocity)
    {
        int found = _time.BinarySearch(time);
        int after = Math.Clamp(found < 0 ? ~found : found, 1, _time.Count - 1);
        double h = _time[after] - _time[after - 1];
        double u = (time - _time[after - 1]) / h;
        int from = (after - 1) * 2 * jointCount, to = after * 2 * jointCount;
        for (int i = 0; i < jointCount; i++)
        {
            double p0 = _states[from + i], p1 = _states[to + i];
            double v0 = h * _states[from + jointCount + i], v1 = h * _states[to + jointCount + i];
            double square = 3.0 * (p1 - p0) - 2.0 * v0 - v1, cube = 2.0 * (p0 - p1) + v0 + v1;
            position[i] = p0 + u * (v0 + u * (square + u * cube));
            velocity[i] = (v0 + u * (2.0 * square + u * 3.0 * cube)) / h;
        }
    }
}
