namespace LiquidControl.Training.Observing;

/// <summary>
/// The true motion of one joint, recorded in even steps from time 0. The plant's step is semi-implicit, q⁺ = q + h v⁺: a velocity belongs to
/// the middle of the step that ends with it, and is interpolated from there, so that position and velocity are of one motion.
/// </summary>
public sealed class JointMotion
{
    private readonly double _period;
    private readonly double[] _position;
    private readonly double[] _velocity;
    private readonly double[] _axisRate;
    private readonly double[] _current;

    /// <param name="period">s between two entries.</param>
    /// <param name="position">rad, two entries or more.</param>
    /// <param name="velocity">rad/s, as many.</param>
    /// <param name="axisRate">Angular rate of the tool about the joint's axis, rad/s, as many.</param>
    /// <param name="current">A, as many.</param>
    /// <exception cref="ArgumentException">Fewer than two entries, or different numbers of them.</exception>
    public JointMotion(double period, double[] position, double[] velocity, double[] axisRate, double[] current)
    {
        if (position.Length < 2 || velocity.Length != position.Length || axisRate.Length != position.Length || current.Length != position.Length)
            throw new ArgumentException(
                $"A motion has {position.Length} positions, {velocity.Length} velocities, {axisRate.Length} rates and {current.Length} " +
                "currents; give as many of each, two or more.");
        _period = period;
        _position = position;
        _velocity = velocity;
        _axisRate = axisRate;
        _current = current;
    }

    /// <summary>s.</summary>
    public double Duration => (_position.Length - 1) * _period;

    /// <summary>rad.</summary>
    public double Position(double time) => At(_position, time);

    /// <summary>rad/s.</summary>
    public double Velocity(double time) => At(_velocity, time + (0.5 * _period));

    /// <summary>Mean over a step, rad/s².</summary>
    public double Acceleration(double time) =>
        (Velocity(time + (0.5 * _period)) - Velocity(time - (0.5 * _period))) / _period;

    /// <summary>Angular rate of the tool about the joint's axis, rad/s.</summary>
    public double AxisRate(double time) => At(_axisRate, time + (0.5 * _period));

    /// <summary>A.</summary>
    public double Current(double time) => At(_current, time);

    private double At(double[] values, double time)
    {
        double place = Math.Clamp(time / _period, 0.0, values.Length - 1);
        int below = Math.Min((int)place, values.Length - 2);
        return values[below] + ((place - below) * (values[below + 1] - values[below]));
    }
}
