using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// What the network sees: one function for training and for the arm, so that the two cannot drift apart. The disturbance torque does not
/// depend on the network's own output, which keeps the learned loop open.
/// </summary>
public sealed class PolicyFeatures
{
    /// <summary>Width of the smoothed direction of motion, rad/s.</summary>
    private const double DirectionWidth = 0.05;

    private readonly ArmDescription _arm;
    private readonly double[] _disturbanceUnit;
    private readonly RegressorIdentifier? _identifier;

    /// <param name="arm">The arm as the controller believes it to be.</param>
    /// <param name="identifier">Where the network is to see what it has found; null for none.</param>
    public PolicyFeatures(ArmDescription arm, RegressorIdentifier? identifier = null)
    {
        _arm = arm;
        _identifier = identifier;

        // A joint to which the network may add nothing still shows it a finite number.
        _disturbanceUnit = [.. arm.ResidualBound.Select((bound, i) => bound > 0.0 ? bound : arm.Limits[i].Torque)];
        Names = [.. MakeNames(arm.JointCount), .. identifier is null ? [] : DynamicsRegressor.Names(arm.JointCount).Select(name => $"identified_{name}")];
        Units = [.. MakeUnits(arm.JointCount), .. identifier is null ? [] : DynamicsRegressor.Units(arm.JointCount)];
    }

    public int Count => Names.Length;

    /// <summary>One name a feature, in the order of <see cref="Write"/>.</summary>
    public string[] Names { get; }

    public string[] Units { get; }

    public void Write(RobotState state, ReferenceGenerator reference, JointCommand command, Span<double> features)
    {
        int n = _arm.JointCount;
        JointReference now = reference.AtActuation;
        int k = 0;
        for (int i = 0; i < n; i++)
        {
            features[k + i] = state.Position[i];
            features[k + n + i] = state.Velocity[i];
            features[k + 2 * n + i] = reference.Goal[i] - state.Position[i];
            features[k + 3 * n + i] = now.Velocity[i];
            features[k + 4 * n + i] = now.Acceleration[i];
            features[k + 5 * n + i] = Elementary.Tanh(now.Velocity[i] / DirectionWidth);
            features[k + 6 * n + i] = command.Acceleration[i];
            features[k + 7 * n + i] = state.DisturbanceTorque[i] / _disturbanceUnit[i];
            features[k + 8 * n + i] = now.Position[i] - state.PositionAtActuation[i];
            features[k + 9 * n + i] = state.Innovation[i];
            features[k + 10 * n + i] = state.AppliedTorque[i] / _arm.Limits[i].Torque;
        }

        k = 11 * n;
        double duration = reference.Duration;
        features[k] = state.FreshPart;
        features[k + 1] = state.Interval;
        features[k + 2] = duration > 0 ? Math.Min(reference.Elapsed / duration, 1.5) : 0.0;
        features[k + 3] = duration;
        _identifier?.Parameters.CopyTo(features[(k + 4)..]);
    }

    private static string[] MakeNames(int n)
    {
        string[] perJoint =
        [
            "position", "velocity", "goal_distance", "reference_velocity", "reference_acceleration", "reference_direction",
            "commanded_acceleration", "disturbance_torque", "tracking_error", "innovation", "applied_torque",
        ];
        string[] whole = ["fresh_part", "interval", "progress", "duration"];
        return Expand(perJoint, whole, n, (name, joint) => $"{name}_{joint}");
    }

    private static string[] MakeUnits(int n)
    {
        string[] perJoint = ["rad", "rad/s", "rad", "rad/s", "rad/s^2", "1", "rad/s^2", "residual bound", "rad", "rad", "torque limit"];
        string[] whole = ["1", "s", "1", "s"];
        return Expand(perJoint, whole, n, (unit, _) => unit);
    }

    private static string[] Expand(string[] perJoint, string[] whole, int n, Func<string, int, string> label)
    {
        var all = new List<string>();
        foreach (string name in perJoint)
        {
            for (int i = 1; i <= n; i++)
                all.Add(label(name, i));
        }

        all.AddRange(whole);
        return [.. all];
    }
}
