using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>
/// What a network's outputs mean when they are not torques but what is wrong with the model: the parameters of
/// <see cref="DynamicsRegressor"/> and a free torque a joint for what no parameter explains. They make a torque that is linear in them, along
/// the reference; so it is as smooth as the reference where they stand still, and each of them can be read. Of each joint's row only the
/// entries that are not always zero are kept: a link moves no joint beyond its own.
/// </summary>
public sealed class ResidualBasis
{
    /// <summary>What a parameter is by and large off by: the unit of its output.</summary>
    private const double MassSpread = 0.20, PayloadSpread = 0.35, FrictionSpread = 0.35, FreePart = 0.1;

    /// <summary>Where a joint has no friction its network still needs a unit: this part of the joint's largest torque, at 1 rad/s.</summary>
    private const double LeastFriction = 0.001;

    private readonly DynamicsRegressor _regressor;
    private readonly PreslidingDirection[] _direction;
    private readonly double[] _sliding;
    private readonly double[] _offset;
    private readonly JointFriction[] _friction;
    private readonly (int Joint, int Output)[] _entries;

    public ResidualBasis(ArmDescription arm)
    {
        int n = arm.JointCount;
        _regressor = new DynamicsRegressor(arm);
        _direction = [.. arm.Friction.Select(friction => new PreslidingDirection(friction))];
        _sliding = new double[n];
        _offset = new double[n];
        _friction = arm.Friction;
        _entries = EntriesOf(n);
        OutputCount = _regressor.ParameterCount + n;
        Names = [.. DynamicsRegressor.Names(n), .. Enumerable.Range(1, n).Select(i => $"free_torque_{i}")];
        Units = [.. DynamicsRegressor.Units(n), .. Enumerable.Repeat("N·m", n)];
        Scales =
        [
            .. Enumerable.Repeat(MassSpread, n), PayloadSpread,
            .. arm.Friction.Select((friction, i) => FrictionSpread * Unit(friction.Coulomb, i)),
            .. arm.Friction.Select((friction, i) => FrictionSpread * Unit(friction.Viscous, i)),
            .. arm.ResidualBound.Select((bound, i) => FreePart * (bound > 0.0 ? bound : arm.Limits[i].Torque)),
        ];

        double Unit(double friction, int joint) => friction > 0.0 ? friction : LeastFriction * arm.Limits[joint].Torque;
    }

    /// <summary>The network's outputs: parameters, then free torques.</summary>
    public int OutputCount { get; }

    /// <summary>Which output moves which joint's torque, in the order of <see cref="Evaluate"/>.</summary>
    public IReadOnlyList<(int Joint, int Output)> Entries => _entries;

    public string[] Names { get; }

    public string[] Units { get; }

    /// <summary>In SI units, what one unit of the network's output is.</summary>
    public double[] Scales { get; }

    /// <summary>
    /// What the classical friction feed-forward, which knows no bristles, is off by even with the right parameters, N·m; of the last
    /// <see cref="Evaluate"/>.
    /// </summary>
    public ReadOnlySpan<double> Offset => _offset;

    public void Reset()
    {
        for (int i = 0; i < _direction.Length; i++)
            _direction[i].Reset();
    }

    /// <summary>The torque of a unit of each output along the reference; call once a cycle, as friction remembers.</summary>
    /// <param name="rows">What <see cref="DynamicsRegressor"/> makes of the reference; its friction columns are not looked at.</param>
    /// <param name="velocity">Of the reference, rad/s.</param>
    /// <param name="dt">Time since the last call, s.</param>
    /// <param name="values">One an entry.</param>
    public void Evaluate(ReadOnlySpan<double> rows, ReadOnlySpan<double> velocity, double dt, Span<double> values)
    {
        _regressor.SlidingDirection(velocity, _offset);
        for (int i = 0; i < _offset.Length; i++)
        {
            _sliding[i] = _direction[i].Follow(velocity[i], dt);
            _offset[i] = _friction[i].Coulomb * (_sliding[i] - _offset[i]);
        }

        for (int k = 0; k < _entries.Length; k++)
        {
            (int joint, int output) = _entries[k];
            values[k] = output <= _regressor.Payload ? rows[joint * _regressor.ParameterCount + output]
                : output == _regressor.Coulomb(joint) ? _sliding[joint]
                : output == _regressor.Viscous(joint) ? velocity[joint]
                : 1.0;
        }
    }

    /// <summary>The torque of these outputs, N·m, with the offset.</summary>
    public void Torque(ReadOnlySpan<double> values, ReadOnlySpan<double> outputs, Span<double> torque)
    {
        _offset.CopyTo(torque);
        for (int k = 0; k < _entries.Length; k++)
            torque[_entries[k].Joint] += values[k] * outputs[_entries[k].Output];
    }

    private static (int, int)[] EntriesOf(int n)
    {
        var entries = new List<(int, int)>();
        for (int i = 0; i < n; i++)
        {
            for (int link = i; link < n; link++)
                entries.Add((i, link));
            entries.Add((i, n));
            entries.Add((i, n + 1 + i));
            entries.Add((i, 2 * n + 1 + i));
            entries.Add((i, 3 * n + 1 + i));
        }

        return [.. entries];
    }
}
