namespace LiquidControl.Robotics;

/// <summary>A serial chain of rigid bodies on a fixed base; immutable. Body i is moved by joint i.</summary>
public sealed class RigidBodyModel
{
    private readonly Joint[] _joints;
    private readonly BodyInertia[] _bodies;
    private readonly double[] _armature;

    /// <param name="name">The robot's name.</param>
    /// <param name="joints">Moving joints from base to tool.</param>
    /// <param name="bodies">The body each joint moves, in that joint's frame.</param>
    /// <param name="tool">Tool centre point relative to the last body's frame.</param>
    /// <param name="armature">Reflected rotor inertia of each joint, kg·m² (kg for a prismatic joint); none by default.</param>
    /// <param name="gravity">In the base frame, m/s²; (0, 0, -9.81) by default.</param>
    /// <exception cref="ArgumentException">
    /// Counts differ, a number is not finite, a mass or armature is negative or an axis is not a unit vector.
    /// </exception>
    public RigidBodyModel(
        string name, IReadOnlyList<Joint> joints, IReadOnlyList<BodyInertia> bodies, Pose tool,
        IReadOnlyList<double>? armature = null, Vector3? gravity = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(joints);
        ArgumentNullException.ThrowIfNull(bodies);
        Name = name;
        _joints = [.. joints];
        _bodies = [.. bodies];
        _armature = armature is null ? new double[_joints.Length] : [.. armature];
        Tool = tool;
        Gravity = gravity ?? new Vector3(0, 0, -9.81);
        Check();
        ChainFrames frames = ChainFrames.Of(_joints, _bodies, _armature, tool);
        Chain = frames.Bodies;
        ChainBase = new(frames.BaseRotation);
        ChainGravity = Lanes.Of(frames.BaseRotation.Transpose * Gravity);
        ChainTool = frames.Tool;
    }

    public string Name { get; }

    public int JointCount => _joints.Length;

    public IReadOnlyList<Joint> Joints => _joints;

    public IReadOnlyList<BodyInertia> Bodies => _bodies;

    /// <summary>Reflected rotor inertia added to the diagonal of the mass matrix, kg·m².</summary>
    public IReadOnlyList<double> Armature => _armature;

    /// <summary>Tool centre point relative to the last body's frame.</summary>
    public Pose Tool { get; }

    /// <summary>Acceleration of free fall in the base frame, m/s².</summary>
    public Vector3 Gravity { get; }

    /// <summary>The chain in the frames the recursions work in.</summary>
    internal ChainBody[] Chain { get; }

    /// <summary>The frame before the first of those in the base frame.</summary>
    internal ChainPose ChainBase { get; }

    /// <summary>Gravity in the frame before the first of those.</summary>
    internal LaneVector3 ChainGravity { get; }

    /// <summary>The tool in the last of those frames.</summary>
    internal Pose ChainTool { get; }

    public RigidBodyModel WithArmature(ReadOnlySpan<double> armature) => new(Name, _joints, _bodies, Tool, armature.ToArray(), Gravity);

    public RigidBodyModel WithTool(Pose tool) => new(Name, _joints, _bodies, tool, _armature, Gravity);

    public RigidBodyModel WithGravity(Vector3 gravity) => new(Name, _joints, _bodies, Tool, _armature, gravity);

    /// <summary>Every mass and inertia of body i multiplied by scale[i].</summary>
    public RigidBodyModel WithScaledInertia(ReadOnlySpan<double> scale)
    {
        if (scale.Length != _bodies.Length)
        {
            throw new ArgumentException($"{scale.Length} scales for {_bodies.Length} bodies.", nameof(scale));
        }

        BodyInertia[] bodies = new BodyInertia[_bodies.Length];
        for (int i = 0; i < bodies.Length; i++)
        {
            bodies[i] = _bodies[i].Scaled(scale[i]);
        }

        return new(Name, _joints, bodies, Tool, _armature, Gravity);
    }

    /// <summary>Adds a rigid payload to the last body; its inertia is placed in the last body's frame.</summary>
    public RigidBodyModel WithPayload(in BodyInertia payload)
    {
        BodyInertia[] bodies = [.. _bodies];
        bodies[^1] += payload;
        return new(Name, _joints, bodies, Tool, _armature, Gravity);
    }

    private void Check()
    {
        if (_bodies.Length != _joints.Length || _armature.Length != _joints.Length)
        {
            throw new ArgumentException(
                $"{_joints.Length} joints, {_bodies.Length} bodies and {_armature.Length} armatures: the counts must agree.");
        }

        if (!Tool.IsFinite || !Gravity.IsFinite)
        {
            throw new ArgumentException("Tool pose and gravity must be finite.");
        }

        for (int i = 0; i < _joints.Length; i++)
        {
            if (!_joints[i].Placement.IsFinite || !_joints[i].Axis.IsFinite || Math.Abs(_joints[i].Axis.Norm - 1) > 1e-9)
            {
                throw new ArgumentException($"Joint '{_joints[i].Name}': the placement must be finite and the axis a unit vector.");
            }

            if (!_bodies[i].IsFinite || _bodies[i].Mass < 0 || !(_armature[i] >= 0) || !double.IsFinite(_armature[i]))
            {
                throw new ArgumentException(
                    $"Joint '{_joints[i].Name}': its body's mass and its armature must be finite and not negative.");
            }
        }
    }
}
