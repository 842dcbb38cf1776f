namespace LiquidControl.Robotics;

public enum JointType { Revolute, Prismatic }

/// <summary>One moving joint, as the URDF states it (fixed joints are already merged away). Limits: rad or m, rad/s or m/s, N·m or N.</summary>
public sealed record Joint(
    string Name, JointType Type, Pose Placement, Vector3 Axis,
    double LowerLimit, double UpperLimit, double VelocityLimit, double EffortLimit);

/// <summary>Mass (kg), centre of mass in the body frame (m), rotational inertia about the centre of mass in the body frame's axes (kg·m²).</summary>
public readonly record struct BodyInertia(double Mass, Vector3 CenterOfMass, Matrix3 Inertia);

/// <summary>A serial chain of rigid bodies on a fixed base; immutable. Body i is moved by joint i. (Being written.)</summary>
public sealed class RigidBodyModel
{
    public RigidBodyModel(string name, IReadOnlyList<Joint> joints, IReadOnlyList<BodyInertia> bodies, Pose tool, IReadOnlyList<double>? armature = null, Vector3? gravity = null)
        => throw new NotImplementedException();

    public string Name => throw new NotImplementedException();
    public int JointCount => throw new NotImplementedException();
    public IReadOnlyList<Joint> Joints => throw new NotImplementedException();
    public IReadOnlyList<BodyInertia> Bodies => throw new NotImplementedException();
    /// <summary>Reflected rotor inertia added to the diagonal of the mass matrix, kg·m².</summary>
    public IReadOnlyList<double> Armature => throw new NotImplementedException();
    /// <summary>Tool centre point relative to the last body's frame.</summary>
    public Pose Tool => throw new NotImplementedException();
    public Vector3 Gravity => throw new NotImplementedException();
    public RigidBodyModel WithArmature(ReadOnlySpan<double> armature) => throw new NotImplementedException();
    public RigidBodyModel WithTool(Pose tool) => throw new NotImplementedException();
    /// <summary>Every mass and inertia of body i multiplied by scale[i].</summary>
    public RigidBodyModel WithScaledInertia(ReadOnlySpan<double> scale) => throw new NotImplementedException();
    /// <summary>Adds a rigid payload to the last body; its inertia is placed in the last body's frame.</summary>
    public RigidBodyModel WithPayload(in BodyInertia payload) => throw new NotImplementedException();
}

/// <summary>Preallocated intermediate results of one robot's per-cycle functions. Not shared between threads.</summary>
public sealed class RigidBodyWorkspace
{
    public RigidBodyWorkspace(RigidBodyModel model) => throw new NotImplementedException();
}
