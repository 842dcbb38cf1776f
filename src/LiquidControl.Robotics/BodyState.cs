namespace LiquidControl.Robotics;

/// <summary>
/// What the recursions know of one body, in that body's frame unless said otherwise. Angular parts in rad, N·m; linear in m, N.
/// </summary>
internal struct BodyState
{
    /// <summary>Pose of the body's frame in the frame before it.</summary>
    public Matrix3 Rotation;
    public Vector3 Translation;

    /// <summary>The joint's axis and origin in the base frame.</summary>
    public Vector3 Axis;
    public Vector3 Origin;

    /// <summary>Moment about the frame's origin and force.</summary>
    public Vector3 Moment;
    public Vector3 Force;

    /// <summary>
    /// Composite body: mass, mass times centre of mass; the composite or articulated angular inertia about the frame's origin.
    /// </summary>
    public double Mass;
    public Vector3 FirstMoment;
    public SymmetricMatrix3 Inertia;

    /// <summary>Articulated body: moment = Inertia α + Coupling a, force = Couplingᵀ α + LinearInertia a.</summary>
    public Matrix3 Coupling;
    public SymmetricMatrix3 LinearInertia;

    /// <summary>Articulated inertia times the joint's axis, and along the axis; the torque left for acceleration.</summary>
    public Vector3 AxisMoment;
    public Vector3 AxisForce;
    public double AxisInertia;
    public double AxisTorque;

    /// <summary>Velocity-product acceleration of the joint.</summary>
    public Vector3 AngularBias;
    public Vector3 LinearBias;
}
