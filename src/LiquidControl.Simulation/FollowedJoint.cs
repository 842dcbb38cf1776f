namespace LiquidControl.Simulation;

/// <summary>
/// What a joint that follows its reference exactly has to overcome besides rigid bodies: the friction of its bristles and the pull of its
/// cable, both of which remember where the joint came from. The drive's own effects, twist, play and ripple, are not in it.
/// </summary>
public sealed class FollowedJoint
{
    private BristleFriction _friction;
    private CablePull _cable;

    /// <param name="parameters">The plant.</param>
    /// <param name="joint">Which of its joints.</param>
    public FollowedJoint(PlantParameters parameters, int joint)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _friction = new BristleFriction(parameters.Friction[joint], parameters.PreslidingDeflection);
        _cable = new CablePull(parameters.Effects is { } effects ? effects[joint] : default);
    }

    /// <summary>Moves on for a time at a velocity and returns the torque that takes at its end, N·m.</summary>
    /// <param name="position">rad.</param>
    /// <param name="velocity">rad/s.</param>
    /// <param name="seconds">0 or more.</param>
    public double Follow(double position, double velocity, double seconds)
    {
        int steps = Math.Max(1, (int)Math.Ceiling(seconds / Plant.LongestStep - 1e-9));
        double h = seconds / steps, torque = 0;
        for (int k = 0; k < steps; k++)
        {
            _friction.Begin(velocity);
            _cable.Begin(position, velocity);
            torque = -_friction.PieceAt(velocity, h).At(velocity) - _cable.PieceAt(velocity, h, from: 0).At(velocity);
            _friction.Commit(velocity, h);
            _cable.Commit(velocity, h);
        }

        return torque;
    }
}
