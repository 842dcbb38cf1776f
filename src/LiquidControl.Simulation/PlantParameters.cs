using LiquidControl.Control;
using LiquidControl.Robotics;

namespace LiquidControl.Simulation;

/// <summary>What a simulated arm is made of. Arrays have one entry a joint; SI units.</summary>
public sealed record PlantParameters
{
    /// <summary>How far the mechanical stops stand beyond the joint limits, rad: 3°, so that a controller which breaks a limit is seen to.</summary>
    private const double StopMargin = Math.PI / 60;

    /// <summary>Rigid bodies with the payload; rotor inertia as armature.</summary>
    public required RigidBodyModel Model { get; init; }

    /// <summary>Null when the joints are ideal torque sources.</summary>
    public DcMotor[]? Motors { get; init; }

    /// <summary>Largest torque of an ideal torque source, N·m; a motor's follows from its current limit.</summary>
    public required double[] TorqueLimits { get; init; }

    public required JointFriction[] Friction { get; init; }

    /// <summary>Time constant of the lag between bridge and torque, s.</summary>
    public required double TorqueLag { get; init; }

    /// <summary>Open-circuit voltage of the supply, V.</summary>
    public double SupplyVoltage { get; init; }

    /// <summary>Inner resistance of supply and cable, Ω; at most <see cref="LargestSupplyResistance"/>.</summary>
    public double SupplyResistance { get; init; }

    /// <summary>Mechanical stops, rad.</summary>
    public required double[] LowerStops { get; init; }

    public required double[] UpperStops { get; init; }

    public required PowerOff[] PowerOff { get; init; }

    /// <summary>What the joints do beyond rigid bodies and friction; null: nothing.</summary>
    public JointEffects[]? Effects { get; init; }

    /// <summary>How far a sticking joint gives before it breaks away, rad.</summary>
    public double PreslidingDeflection { get; init; } = 1e-3;

    /// <summary>The supply's voltage follows the current one step late, which rings beyond this, Ω.</summary>
    public const double LargestSupplyResistance = 0.3;

    /// <summary>The arm exactly as it is described: no payload, stiff supply, motors that coast when off.</summary>
    public static PlantParameters From(ArmDescription arm)
    {
        ArgumentNullException.ThrowIfNull(arm);
        return new()
        {
            Model = arm.Model,
            Motors = arm.Motors,
            TorqueLimits = Array.ConvertAll(arm.Limits, limit => limit.Torque),
            Friction = arm.Friction,
            TorqueLag = arm.TorqueLag,
            SupplyVoltage = arm.NominalSupply,
            LowerStops = Array.ConvertAll(arm.Limits, limit => limit.Lower - StopMargin),
            UpperStops = Array.ConvertAll(arm.Limits, limit => limit.Upper + StopMargin),
            PowerOff = new PowerOff[arm.JointCount],
        };
    }

    /// <exception cref="ArgumentException">An array has the wrong length or a number is out of range.</exception>
    internal void Check()
    {
        int n = Model.JointCount;
        Require((Motors ?? new DcMotor[n]).Length, nameof(Motors));
        Require(TorqueLimits.Length, nameof(TorqueLimits));
        Require(Friction.Length, nameof(Friction));
        Require(LowerStops.Length, nameof(LowerStops));
        Require(UpperStops.Length, nameof(UpperStops));
        Require(PowerOff.Length, nameof(PowerOff));
        if (!(TorqueLag >= 0)) throw new ArgumentException($"TorqueLag is {TorqueLag} s; at least 0 expected.");
        if (!(PreslidingDeflection > 0)) throw new ArgumentException($"PreslidingDeflection is {PreslidingDeflection} rad; more than 0 expected.");
        if (!(SupplyResistance >= 0 && SupplyResistance <= LargestSupplyResistance))
            throw new ArgumentException($"SupplyResistance is {SupplyResistance} Ω; 0 to {LargestSupplyResistance} expected.");
        if (Effects is { } effects)
        {
            Require(effects.Length, nameof(Effects));
            for (int i = 0; i < n; i++)
                effects[i].Check(i, Model.Armature[i]);
        }

        if (Motors is null && PowerOff.Contains(Simulation.PowerOff.Brake))
            throw new ArgumentException("An ideal torque source has no terminals to short: PowerOff must be Coast.");

        void Require(int length, string what)
        {
            if (length != n) throw new ArgumentException($"{what} has {length} entries for {n} joints.");
        }
    }
}
