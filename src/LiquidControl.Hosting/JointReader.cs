using LiquidControl.Control;
using LiquidControl.Hosting.Toml;
using LiquidControl.Robotics;

namespace LiquidControl.Hosting;

/// <summary>One [[joint]] of a robot.toml in SI units.</summary>
internal sealed record JointConfiguration
{
    public required string Name { get; init; }

    public required TomlSection Section { get; init; }

    public required JointLimits Limits { get; init; }

    /// <summary>N·m.</summary>
    public required double ResidualBound { get; init; }

    /// <summary>N·m; 0: collisions are not looked for.</summary>
    public required double CollisionTorque { get; init; }

    public required JointFriction Friction { get; init; }

    public required EncoderScale Encoder { get; init; }

    /// <summary>Reflected inertia of the drive, kg·m².</summary>
    public required double Armature { get; init; }

    /// <summary>Null when the drives are ideal torque sources.</summary>
    public required DcDriveConfiguration? Drive { get; init; }
}

/// <summary>What a joint has when it is driven by a DC motor: the motor, its bridge and its current sensor.</summary>
internal sealed record DcDriveConfiguration(
    DcMotor Motor, int EncoderPosition, int PwmChannel, int DirectionLine, int DriveDirection, int CurrentChannel, CurrentScale Current);

/// <summary>Reads [[joint]]: limits, friction, encoder and, for DC drives, motor, bridge and current sensor.</summary>
internal static class JointReader
{
    private const double FullTurnDegrees = 360.0;

    public static JointConfiguration Read(TomlSection section, bool hasDcMotors, int jointCount)
    {
        string name = section.Text("name", "the joint's name in the URDF");
        var limits = ReadLimits(section);
        double bound = section.Number("residual_bound_nm", NumberRange.NotNegative, "The most the network may add to the joint's torque.");
        if (bound > limits.Torque && limits.Torque > 0.0)
        {
            section.Report("residual_bound_nm", $"{bound:G6}", $"at most torque_nm ({limits.Torque:G6})", "Lower it: a fifth of the torque is usual.");
        }

        var encoder = section.Section("encoder", "counts_per_turn, zero_counts and direction");
        var drive = hasDcMotors ? ReadDrive(section, encoder, jointCount, limits.Torque) : null;
        var joint = new JointConfiguration
        {
            Name = name,
            Section = section,
            Limits = limits,
            ResidualBound = bound,
            CollisionTorque = section.Number("collision_nm", NumberRange.NotNegative, 0.0),
            Friction = ReadFriction(section.Section("friction", "coulomb_nm and viscous_nm_s_rad")),
            Encoder = ReadEncoder(encoder),
            Armature = drive?.Motor.ReflectedInertia ?? section.Number("armature_kgm2", NumberRange.NotNegative),
            Drive = drive,
        };
        encoder.RejectUnknownKeys();
        section.RejectUnknownKeys();
        return joint;
    }

    private static JointLimits ReadLimits(TomlSection section)
    {
        var angle = new NumberRange(-FullTurnDegrees, FullTurnDegrees);
        double lower = section.Number("lower_deg", angle);
        double upper = section.Number("upper_deg", angle);
        if (section.Has("lower_deg") && section.Has("upper_deg") && lower >= upper)
        {
            section.Report("upper_deg", $"{upper:G6}", $"more than lower_deg ({lower:G6})", "Exchange the two or correct the sign.");
        }

        return new(
            double.DegreesToRadians(lower),
            double.DegreesToRadians(upper),
            double.DegreesToRadians(section.Number("velocity_deg_s", NumberRange.Positive)),
            double.DegreesToRadians(section.Number("acceleration_deg_s2", NumberRange.Positive)),
            double.DegreesToRadians(section.Number("jerk_deg_s3", NumberRange.Positive)),
            section.Number("torque_nm", NumberRange.Positive));
    }

    private static JointFriction ReadFriction(TomlSection section)
    {
        var friction = new JointFriction(
            section.Number("coulomb_nm", NumberRange.NotNegative),
            section.Number("viscous_nm_s_rad", NumberRange.NotNegative),
            section.Number("stiction_ratio", new NumberRange(1.0, 10.0), "Stiction as a multiple of Coulomb friction: 1 for none."),
            section.Number("stribeck_rad_s", NumberRange.Positive));
        section.RejectUnknownKeys();
        return friction;
    }

    private static EncoderScale ReadEncoder(TomlSection section)
    {
        int counts = section.Integer("counts_per_turn", 2, 1 << 24);
        return new(counts, section.Integer("zero_counts", 0, counts - 1), Direction(section));
    }

    private static DcDriveConfiguration ReadDrive(TomlSection section, TomlSection encoder, int jointCount, double torque)
    {
        int position = encoder.Integer("chain_position", 0, jointCount - 1);
        var bridge = section.Section("bridge", "pwm_channel, direction_line and direction");
        var current = section.Section("current", "channel, ampere_per_count, zero_counts and direction");
        var drive = new DcDriveConfiguration(
            ReadMotor(section, torque),
            position,
            bridge.Integer("pwm_channel", 0, 15),
            bridge.Integer("direction_line", 0, 511),
            Direction(bridge),
            current.Integer("channel", 0, 7),
            new(current.Number("ampere_per_count", NumberRange.Positive), current.Integer("zero_counts", 0, 1023), Direction(current)));
        bridge.RejectUnknownKeys();
        current.RejectUnknownKeys();
        return drive;
    }

    private static DcMotor ReadMotor(TomlSection joint, double torque)
    {
        var section = joint.Section("motor", "the motor's figures");
        var motor = new DcMotor(
            section.Number("gear_ratio", NumberRange.PositiveUpTo(100_000.0)),
            section.Number("efficiency", NumberRange.PositiveUpTo(1.0)),
            section.Number("torque_constant_nm_a", NumberRange.Positive),
            section.Number("resistance_ohm", NumberRange.Positive),
            section.Number("current_limit_a", NumberRange.Positive),
            section.Number("rotor_inertia_kgm2", new NumberRange(0.0, 1000.0)));
        section.RejectUnknownKeys();
        const double Rounding = 1.0 + 1e-9;
        if (section.Exists && motor.MaxTorque > 0.0 && torque > motor.MaxTorque * Rounding)
        {
            joint.Report(
                "torque_nm", $"{torque:G6}", $"at most {motor.MaxTorque:G6}, which the motor gives at its current limit",
                "Lower it, or correct the motor's figures.");
        }

        return motor;
    }

    private static int Direction(TomlSection section)
    {
        int direction = section.Integer("direction", -1, 1, "1, or -1 where it counts the other way.");
        if (direction == 0) section.Report("direction", "0", "1 or -1", "1, or -1 where it counts the other way.");
        return direction;
    }
}
