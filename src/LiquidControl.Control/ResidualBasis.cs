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

    private readonly DynamicsRegressor _regressor;
    private readonly PreslidingDirection[] _direction;
    private readonly double[] _sliding;
    private readonly double[] _rows;
    private readonly double[] _offset;
    private readonly JointFriction[] _friction;

    public ResidualBasis(ArmDescription arm)
    {
        int n = arm.JointCount;
        _regressor = new DynamicsRegressor(arm);
        _direction = [.. arm.Friction.Select(friction => new PreslidingDirection(friction))];
        _sliding = new double[n];
        _offset = new double[n];
        _friction = arm.Friction;
        _rows = new double[n * _regressor.ParameterCount];
        OutputCount = _regressor.ParameterCount + n;
        Entries = EntriesOf(n);
        Names = [.. DynamicsRegressor.Names(n), .. Enumerable.Range(1, n).Select(i => $"free_torque_{i}")];
        Units = [.. DynamicsRegressor.Units(n), .. Enumerable.Repeat("N·m", n)];
        Scales =
        [
            .. Enumerable.Repeat(MassSpread, n), PayloadSpread, .. arm.Friction.Select(friction => FrictionSpread * friction.Coulomb),
            .. arm.Friction.Select(friction => FrictionSpread * friction.Viscous),
            .. arm.ResidualBound.Select((bound, i) => FreePart * (bound > 0.0 ? bound : arm.Limits[i].Torque)),
        ];
    }

    /// <summary>The network's outputs: parameters, then free torques.</summary>
    public int OutputCount { get; }

    /// <summary>Which output moves which joint's torque, in the order of <see cref="Evaluate"/>.</summary>
    public IReadOnlyList<(int Joint, int Output)> Entries { get; }

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

    /// <summary>
    /// The torque of a unit of each output along the reference, at this acceleration; call once a cycle, as friction remembers.
    /// </summary>
    public void Evaluate(JointReference reference, ReadOnlySpan<double> acceleration, double dt, Span<double> values)
    {
        _regressor.SlidingDirection(reference.Velocity, _offset);
        for (int i = 0; i < _sliding.Length; i++)
        {
            _sliding[i] = _direction[i].Follow(reference.Velocity[i], dt);
            _offset[i] = _friction[i].Coulomb * (_sliding[i] - _offset[i]);
        }

        _regressor.Evaluate(reference.Position, reference.Velocity, acceleration, _sliding, _rows);
        for (int k = 0; k < Entries.Count; k++)
        {
            (int joint, int output) = Entries[k];
            values[k] = output < _regressor.ParameterCount ? _rows[joint * _regressor.ParameterCount + output] : 1.0;
        }
    }

    /// <summary>The torque of these outputs, N·m, with the offset.</summary>
    public void Torque(ReadOnlySpan<double> values, ReadOnlySpan<double> outputs, Span<double> torque)
    {
        _offset.CopyTo(torque);
        for (int k = 0; k < Entries.Count; k++)
            torque[Entries[k].Joint] += values[k] * outputs[Entries[k].Output];
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
