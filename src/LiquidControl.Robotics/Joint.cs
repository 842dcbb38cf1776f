namespace LiquidControl.Robotics;

public enum JointType
{
    /// <summary>Turns about its axis; the coordinate is an angle in rad.</summary>
    Revolute,

    /// <summary>Slides along its axis; the coordinate is a distance in m.</summary>
    Prismatic,
}

/// <summary>
/// One moving joint, as the URDF states it (fixed joints are already merged away): the pose of the joint's frame at coordinate zero in the
/// frame of the body before it, and the unit axis in the joint's frame. Limits: rad or m, rad/s or m/s, N·m or N; infinite where there is
/// none.
/// </summary>
public sealed record Joint(
    string Name, JointType Type, Pose Placement, Vector3 Axis,
    double LowerLimit, double UpperLimit, double VelocityLimit, double EffortLimit);
