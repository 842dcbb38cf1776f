using LiquidControl.Control;
using LiquidControl.Robotics;

namespace LiquidControl.Simulation.Tests;

/// <summary>
/// The two robots as plain numbers, so that these tests need no file: ar4-dc (AR4-mk3 description, MIT, with assumed DC drives) and ur5e
/// (Universal Robots description, ideal torque sources).
/// </summary>
internal static class TestArms
{
    public static ArmDescription Ar4Dc { get; } = MakeAr4Dc();

    /// <summary>What ar4-dc's joints do in scenario unmodelled.</summary>
    public static JointEffects[] Ar4DcEffects { get; } =
    [
        .. Ar4Dc.Motors!.Select((motor, i) => new JointEffects
        {
            Compliance = i < 3 ? 1.0 / 4000 : 1.0 / 400,
            DampingRatio = 0.01,
            Backlash = 0.5e-3,
            Ripple = 0.02 * motor.MaxTorque,
            RipplePerTurn = 6 * motor.GearRatio,
            Cable = i < 3 ? 0.3 : 0.06,
            CableHysteresis = i < 3 ? 0.1 : 0.02,
        }),
    ];

    public static ArmDescription Ur5e { get; } = MakeUr5e();

    /// <summary>One joint about z (no gravity) with a DC motor of ar4-dc's joint 1 and an arm of the given inertia, kg·m².</summary>
    public static ArmDescription Turntable(double inertia, JointFriction friction, DcMotor? motor = null, double limit = 1000)
    {
        DcMotor drive = motor ?? Ar4Dc.Motors![0];
        Joint joint = new("turn", JointType.Revolute, Pose.Identity, Vector3.UnitZ, -limit, limit, 10, 22);
        BodyInertia body = new(1, Vector3.Zero, Matrix3.Identity * inertia);
        return new()
        {
            Name = "turntable",
            Model = new("turntable", [joint], [body], Pose.Identity, [drive.ReflectedInertia]),
            Limits = [new(-limit, limit, 10, 100, 1000, drive.MaxTorque)],
            Friction = [friction],
            Motors = [drive],
            TorqueLag = 0.003,
            NominalSupply = 24,
            Encoders = [new(16384, 0, 1)],
            Currents = [new(0.02, 512, 1)],
            ResidualBound = [1],
            Workspace = new(new(-1, -1, -1), new(1, 1, 1)),
            Rate = 500,
            Poses = new Dictionary<string, double[]>(),
        };
    }

    private static ArmDescription MakeAr4Dc()
    {
        const double degree = Math.PI / 180;
        (Vector3 Xyz, Vector3 Rpy, Vector3 Axis, double Low, double High)[] joints =
        [
            (new(0, 0, 0.092), new(Math.PI, 0, 0), Vector3.UnitZ, -170, 170),
            (new(0, 0.06415, -0.07778), new(1.5708, 0, -1.5708), -Vector3.UnitZ, -42, 90),
            (new(0, -0.305, 0), new(0, 0, 3.1416), -Vector3.UnitZ, -89, 52),
            (new(0, 0, 0), new(1.5708, 0, -1.5708), -Vector3.UnitZ, -180, 180),
            (new(0, 0, -0.22294), new(Math.PI, 0, -1.5708), Vector3.UnitX, -105, 105),
            (new(0, 0, 0.041), Vector3.Zero, -Vector3.UnitZ, -180, 180),
        ];
        BodyInertia[] links =
        [
            Link(0.88065, new(-0.022706, 0.04294, -0.12205), 0.0034, 0.00042296, -0.00089231, 0.0041778, 0.0010848, 0.0027077),
            Link(0.57738, new(0.064818, -0.11189, -0.038671), 0.0047312, 0.0022624, 0.00032144, 0.0020836, -0.00056569, 0.0056129),
            Link(0.1787, new(-0.00029765, -0.023661, -0.0019125), 0.0001685, -2.7713e-5, 5.6885e-6, 0.00012865, 2.9256e-5, 0.00020744),
            Link(0.34936, new(-0.0016798, -0.00057319, -0.074404), 0.0030532, -1.8615e-5, -7.0047e-5, 0.0031033, -2.3301e-5, 0.00022264),
            Link(0.11562, new(0.0015066, -1.3102e-5, -0.012585), 5.5035e-5, -1.019e-8, -2.6243e-6, 8.2921e-5, 1.4437e-8, 5.2518e-5),
            Link(0.013863, new(0, 0, 0.0091432), 1.3596e-6, 0, 0, 1.7157e-6, 6.3369e-9, 2.4332e-6),
        ];
        DcMotor[] motors =
        [
            new(50, 0.8, 0.055, 0.45, 10, 3.0e-5),
            new(50, 0.8, 0.055, 0.45, 10, 3.0e-5),
            new(50, 0.8, 0.040, 0.80, 8, 1.5e-5),
            new(40, 0.8, 0.025, 1.6, 4, 4.0e-6),
            new(40, 0.8, 0.025, 1.6, 4, 4.0e-6),
            new(30, 0.8, 0.020, 2.0, 3, 2.0e-6),
        ];
        double[] motorMass = [0.48, 0.33, 0.16, 0.16, 0.10];
        for (int i = 0; i < motorMass.Length; i++)
            links[i] += BodyInertia.PointMass(motorMass[i], joints[i + 1].Xyz);

        (double Coulomb, double Viscous)[] friction = [(0.6, 0.8), (0.8, 0.8), (0.4, 0.4), (0.12, 0.06), (0.12, 0.06), (0.05, 0.02)];
        double[] acceleration = [7, 7, 8, 12, 12, 12];
        const double speed = 120 * degree;
        return new()
        {
            Name = "ar4-dc",
            Model = new(
                "ar4-dc",
                [.. joints.Select((joint, i) => Revolute(i, joint.Xyz, joint.Rpy, joint.Axis, joint.Low * degree, joint.High * degree, speed, motors[i].MaxTorque))],
                links, new(Matrix3.Identity, new(0, 0, 0.03)), [.. motors.Select(motor => motor.ReflectedInertia)]),
            Limits = [.. joints.Select((joint, i) => new JointLimits(joint.Low * degree, joint.High * degree, speed, acceleration[i], 200, motors[i].MaxTorque))],
            Friction = [.. friction.Select(f => new JointFriction(f.Coulomb, f.Viscous, 1.3, 0.05))],
            Motors = motors,
            TorqueLag = 0.003,
            NominalSupply = 24,
            Encoders = [new(16384, 8192, 1), new(16384, 100, -1), new(16384, 0, 1), new(16384, 16000, 1), new(16384, 0, -1), new(16384, 5, 1)],
            Currents = [.. motors.Select(motor => new CurrentScale(motor.CurrentLimit * 1.2 / 512, 512, 1))],
            ResidualBound = [4, 5, 3, 0.6, 0.6, 0.25],
            Workspace = new(new(-0.7, -0.7, 0), new(0.7, 0.7, 0.9)),
            Rate = 500,
            Poses = new Dictionary<string, double[]>(),
        };
    }

    private static ArmDescription MakeUr5e()
    {
        (Vector3 Xyz, Vector3 Rpy)[] joints =
        [
            (new(0, 0, 0.1625), Vector3.Zero),
            (Vector3.Zero, new(Math.PI / 2, 0, 0)),
            (new(-0.425, 0, 0), Vector3.Zero),
            (new(-0.3922, 0, 0.1333), Vector3.Zero),
            (new(0, -0.0997, 0), new(Math.PI / 2, 0, 0)),
            (new(0, 0.0996, 0), new(Math.PI / 2, Math.PI, Math.PI)),
        ];
        (double Mass, Vector3 Com, double Across, double Along, double Pitch)[] links =
        [
            (3.761, new(0, -0.00193, -0.02561), 0.0102675, 0.00666, 0),
            (8.058, new(-0.2125, 0, 0.11336), 0.13388583541666665, 0.0151074, Math.PI / 2),
            (2.846, new(-0.2422, 0, 0.0265), 0.03120936758333333, 0.004095, Math.PI / 2),
            (1.37, new(0, -0.01634, -0.0018), 0.0025599, 0.0021942, 0),
            (1.3, new(0, 0.01634, -0.0018), 0.0025599, 0.0021942, 0),
            (0.365, new(0, 0, -0.001159), 0.00009890414, 0.0001321171875, 0),
        ];
        double[] effort = [150, 150, 150, 28, 28, 28];
        return new()
        {
            Name = "ur5e",
            Model = new(
                "ur5e",
                [.. joints.Select((joint, i) => Revolute(i, joint.Xyz, joint.Rpy, Vector3.UnitZ, -LimitOf(i), LimitOf(i), Math.PI, effort[i]))],
                [.. links.Select(link =>
                {
                    Matrix3 turn = Matrix3.FromRollPitchYaw(0, link.Pitch, 0);
                    return new BodyInertia(
                        link.Mass, link.Com, turn * new Matrix3(link.Across, 0, 0, 0, link.Across, 0, 0, 0, link.Along) * turn.Transpose);
                })],
                new(Matrix3.Identity, new(0, 0, 0.1))),
            Limits = [.. effort.Select((torque, i) => new JointLimits(-LimitOf(i), LimitOf(i), Math.PI, 10, 200, torque))],
            Friction = [.. effort.Select(torque => new JointFriction(0.03 * torque, 0.03 * torque, 1.3, 0.05))],
            TorqueLag = 0.002,
            Encoders = [.. effort.Select(_ => new EncoderScale(1 << 20, 0, 1))],
            ResidualBound = [.. effort.Select(torque => 0.2 * torque)],
            Workspace = new(new(-1.1, -1.1, 0), new(1.1, 1.1, 1.3)),
            Rate = 500,
            Poses = new Dictionary<string, double[]>(),
        };

        static double LimitOf(int joint) => joint == 2 ? Math.PI : 2 * Math.PI;
    }

    private static Joint Revolute(int index, Vector3 xyz, Vector3 rpy, Vector3 axis, double low, double high, double speed, double effort) =>
        new($"joint_{index + 1}", JointType.Revolute, new(Matrix3.FromRollPitchYaw(rpy.X, rpy.Y, rpy.Z), xyz), axis, low, high, speed, effort);

    private static BodyInertia Link(double mass, Vector3 com, double ixx, double ixy, double ixz, double iyy, double iyz, double izz) =>
        new(mass, com, new(ixx, ixy, ixz, ixy, iyy, iyz, ixz, iyz, izz));
}
