using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>Everything the controller believes about its arm. Arrays have one entry a joint; SI units.</summary>
public sealed record ArmDescription
{
    public required string Name { get; init; }

    /// <summary>Rigid bodies with reflected rotor inertia as armature, and the tool centre point.</summary>
    public required RigidBodyModel Model { get; init; }

    public required JointLimits[] Limits { get; init; }

    public required JointFriction[] Friction { get; init; }

    /// <summary>The drives' motors; null when the joints are ideal torque sources.</summary>
    public DcMotor[]? Motors { get; init; }

    /// <summary>First-order lag between commanded and delivered torque, s.</summary>
    public required double TorqueLag { get; init; }

    /// <summary>V; taken until the first supply reading arrives.</summary>
    public double NominalSupply { get; init; }

    /// <summary>Under this supply plans are made slower, V; 0: never.</summary>
    public double LowSupply { get; init; }

    /// <summary>Under this supply the arm is brought to rest, V; 0: never.</summary>
    public double StopSupply { get; init; }

    /// <summary>What acts on a joint from outside and changes by more than this is a collision, N·m; empty: nobody looks.</summary>
    public double[] CollisionTorque { get; init; } = [];

    public required EncoderScale[] Encoders { get; init; }

    /// <summary>Empty when the arm measures no motor currents.</summary>
    public CurrentScale[] Currents { get; init; } = [];

    /// <summary>m/s² a count of the tool's inertial sensor; null when the arm has none.</summary>
    public double? SpecificForcePerCount { get; init; }

    /// <summary>The largest torque the network may add, N·m.</summary>
    public required double[] ResidualBound { get; init; }

    /// <summary>Where the tool centre point may be, base frame, m.</summary>
    public required WorkspaceBox Workspace { get; init; }

    /// <summary>Control rate, Hz.</summary>
    public required double Rate { get; init; }

    /// <summary>Named joint configurations, rad.</summary>
    public required IReadOnlyDictionary<string, double[]> Poses { get; init; }

    public int JointCount => Model.JointCount;
}
