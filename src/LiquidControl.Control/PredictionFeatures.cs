using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// What the predictor's network sees of a moment and a horizon: where the arm is beside its plan, what disturbs it, and what the plan does
/// now and then. One function for training and for use. Nothing of it lies in the future: the plan is known.
/// </summary>
public sealed class PredictionFeatures
{
    /// <summary>Width of the smoothed direction of motion, rad/s.</summary>
    private const double DirectionWidth = 0.05;

    /// <summary>
    /// The law takes some 0.1 s to undo a change of what disturbs it, which follows the plan's acceleration: that is shown this long before
    /// the queried time too, and twice as long, s.
    /// </summary>
    private const double Memory = 0.04;

    /// <summary>Times since start and to arrival are told apart up to this, s.</summary>
    private const double LongestTime = 0.5;

    private static readonly (string Name, string Unit)[] PerJoint =
    [
        ("tracking_error", "rad"), ("velocity_error", "rad/s"), ("disturbance_torque", "N*m"),
        ("disturbance", "rad/s^2"), ("plan_acceleration", "rad/s^2"),
        ("plan_direction", "1"), ("plan_position_then", "rad"), ("plan_velocity_then", "rad/s"), ("plan_acceleration_then", "rad/s^2"),
        ("plan_acceleration_before_then", "rad/s^2"), ("plan_acceleration_long_before_then", "rad/s^2"), ("plan_direction_then", "1"),
        ("plan_direction_before_then", "1"),
    ];

    private readonly int _joints;
    private readonly JointReference _before;
    private readonly JointReference _longBefore;

    public PredictionFeatures(int jointCount)
    {
        _joints = jointCount;
        _before = new JointReference(jointCount);
        _longBefore = new JointReference(jointCount);
        Names =
        [
            .. PerJoint.SelectMany(feature => Enumerable.Range(1, jointCount).Select(joint => $"{feature.Name}_{joint}")),
            "since_start_then", "to_arrival_then",
        ];
        Units = [.. PerJoint.SelectMany(feature => Enumerable.Repeat(feature.Unit, jointCount)), "s", "s"];
    }

    public int Count => Names.Length;

    /// <summary>One name a feature, in the order of <see cref="Write"/>.</summary>
    public string[] Names { get; }

    public string[] Units { get; }

    /// <summary>Fills the features of one query. Allocates nothing.</summary>
    /// <param name="state">The estimate now.</param>
    /// <param name="reference">The plan, at now.</param>
    /// <param name="horizon">How far ahead the query looks, s.</param>
    /// <param name="then">The plan at that time, from <see cref="ReferenceGenerator.Ahead"/>.</param>
    /// <param name="features">Length <see cref="Count"/>.</param>
    public void Write(RobotState state, ReferenceGenerator reference, double horizon, JointReference then, Span<double> features)
    {
        int n = _joints;
        reference.Ahead(Math.Max(0.0, horizon - Memory), _before);
        reference.Ahead(Math.Max(0.0, horizon - 2.0 * Memory), _longBefore);
        JointReference now = reference.Now;
        for (int i = 0; i < n; i++)
        {
            features[i] = state.Position[i] - now.Position[i];
            features[n + i] = state.Velocity[i] - now.Velocity[i];
            features[2 * n + i] = state.DisturbanceTorque[i];
            features[3 * n + i] = state.Disturbance[i];
            features[4 * n + i] = now.Acceleration[i];
            features[5 * n + i] = Direction(now.Velocity[i]);
            features[6 * n + i] = then.Position[i];
            features[7 * n + i] = then.Velocity[i];
            features[8 * n + i] = then.Acceleration[i];
            features[9 * n + i] = _before.Acceleration[i];
            features[10 * n + i] = _longBefore.Acceleration[i];
            features[11 * n + i] = Direction(then.Velocity[i]);
            features[12 * n + i] = Direction(_before.Velocity[i]);
        }

        double since = reference.Elapsed + horizon;
        features[13 * n] = Math.Min(since, LongestTime);
        features[13 * n + 1] = Math.Clamp(reference.Duration - since, -LongestTime, LongestTime);
    }

    private static double Direction(double velocity) => Elementary.Tanh(velocity / DirectionWidth);
}
