namespace LiquidControl.Robotics;

/// <summary>
/// What the recursions keep of one body from one pass to the next, in that body's frame unless said otherwise. Angular parts in rad, N·m;
/// linear in m, N.
/// </summary>
internal struct BodyState
{
    /// <summary>Pose of the body's frame in the frame before it.</summary>
    public JointRotation Rotation;
    public LaneVector3 Translation;

    /// <summary>The joint's axis and origin in the base frame.</summary>
    public LaneVector3 Axis;
    public LaneVector3 Origin;

    /// <summary>Moment about the frame's origin and force.</summary>
    public LaneVector3 Moment;
    public LaneVector3 Force;

    /// <summary>Velocity-product acceleration of the joint.</summary>
    public LaneVector3 AngularBias;
    public LaneVector3 LinearBias;

    /// <summary>Articulated inertia times the joint's axis; the inverse of it along the axis; the torque left for acceleration.</summary>
    public LaneVector3 AxisMoment;
    public LaneVector3 AxisForce;
    public double InverseAxisInertia;
    public double AxisTorque;
}
