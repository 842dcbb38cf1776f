using LiquidControl.Control;
using LiquidControl.Devices.Chips;
using LiquidControl.Hosting.Toml;
using LiquidControl.Neural.Kernels;
using LiquidControl.Robotics;

namespace LiquidControl.Hosting;

/// <summary>Reads the sections of a robot.toml in their order. Errors are recorded by the sections, so one pass finds them all.</summary>
internal static class RobotReader
{
    /// <summary>The chips have channels for fewer.</summary>
    private const int MostJoints = 16;

    /// <summary>Null when the URDF could not be read; that is an error of its own.</summary>
    public static RobotConfiguration? Read(string path, TomlSection root)
    {
        string name = root.Line("name", "the robot's name");
        double rate = root.Number("rate_hz", new NumberRange(50.0, 2000.0), "Control cycles a second.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string urdf = root.Text("urdf", "the path of the URDF, relative to this file");
        string urdfPath = FullPath(root, "urdf", folder, urdf);
        string? policy = OptionalPath(root, "policy", folder, "the path of the trained network, relative to this file");
        string? endToEnd = OptionalPath(root, "end_to_end_policy", folder, "the path of the trained end-to-end network, relative to this file");
        string? predictor = OptionalPath(root, "predictor", folder, "the path of the trained predictor, relative to this file");
        var precision = ReadPrecision(root);
        var model = ModelReader.Read(root, "urdf", urdfPath);
        var tool = ReadTool(root.OptionalSection("tool"));
        var workspace = ReadWorkspace(root.Section("workspace", "min_m and max_m"));

        var drives = root.Section("drives", "kind and torque_lag_ms");
        bool hasDcMotors = drives.Choice("kind", "dc-motors", "ideal-torque") == "dc-motors";
        double lag = drives.Number("torque_lag_ms", new NumberRange(0.0, 100.0)) * 1e-3;
        double supply = hasDcMotors ? drives.Number("supply_v", NumberRange.PositiveUpTo(100.0)) : 0.0;
        NumberRange belowSupply = new(0.0, supply > 0.0 ? supply : 100.0);
        double lowSupply = hasDcMotors ? drives.Number("low_supply_v", belowSupply, 0.0) : 0.0;
        double stopSupply = hasDcMotors ? drives.Number("stop_supply_v", belowSupply, 0.0) : 0.0;
        drives.RejectUnknownKeys();

        var sections = root.Sections("joint", "one a joint from base to tool", MostJoints);
        JointConfiguration[] joints = [.. sections.Select(section => JointReader.Read(section, hasDcMotors, sections.Count))];
        var wiring = hasDcMotors ? WiringReader.Read(root.Section("wiring", "addresses and lines"), joints) : null;
        var poses = PoseReader.Read(root.Section("poses_deg", "named joint angles, such as home"), joints);
        var controller = ControllerReader.Read(root.OptionalSection("controller"));
        var simulation = ReadSimulation(root.Section("simulation", "how the simulated arm differs from the model"), joints);
        root.RejectUnknownKeys();
        if (model is null || !ModelReader.Agrees(model, joints, root)) return null;

        var toolInBody = model.Tool * tool;
        if (!toolInBody.IsFinite)
        {
            root.Report("urdf", "a tool frame beyond all numbers", "finite coordinates", "Check the units of the URDF: m.");
            return null;
        }

        double[] armature = [.. joints.Select(joint => joint.Armature)];
        return new()
        {
            Path = path,
            UrdfPath = urdfPath,
            PolicyPath = policy,
            EndToEndPolicyPath = endToEnd,
            PredictorPath = predictor,
            PolicyPrecision = precision,
            Wiring = wiring,
            Controller = controller,
            Simulation = simulation,
            Arm = new()
            {
                Name = name,
                Model = model.WithArmature(armature).WithTool(toolInBody),
                Limits = [.. joints.Select(joint => joint.Limits)],
                Friction = [.. joints.Select(joint => joint.Friction)],
                Motors = hasDcMotors ? [.. joints.Select(joint => joint.Drive!.Motor)] : null,
                TorqueLag = lag,
                NominalSupply = supply,
                LowSupply = lowSupply,
                StopSupply = stopSupply,
                CollisionTorque = Array.TrueForAll(joints, joint => joint.CollisionTorque > 0.0) ? [.. joints.Select(joint => joint.CollisionTorque)] : [],
                Encoders = [.. joints.Select(joint => joint.Encoder)],
                Currents = hasDcMotors ? [.. joints.Select(joint => joint.Drive!.Current)] : [],
                SpecificForcePerCount = hasDcMotors ? Mpu6050.Acceleration(1) : null,
                ResidualBound = [.. joints.Select(joint => joint.ResidualBound)],
                Workspace = workspace,
                Rate = rate,
                Poses = poses,
            },
        };
    }

    private static string? OptionalPath(TomlSection root, string key, string folder, string expected) =>
        root.OptionalText(key, expected) is { } path ? FullPath(root, key, folder, path) : null;

    private static string FullPath(TomlSection root, string key, string folder, string path)
    {
        if (!path.Contains('\0')) return Path.GetFullPath(Path.Combine(folder, path));
        root.Report(key, TomlText.Quote(path), "a path", "No path holds the character \\u0000: remove it.");
        return folder;
    }

    /// <summary>The numbers the networks are computed in; 32-bit floating point where the file does not say.</summary>
    private static KernelPrecision ReadPrecision(TomlSection root)
    {
        const string Key = "precision";
        string[] names =
            ["float", FixedPointCalibration.Name(KernelPrecision.Fixed32), FixedPointCalibration.Name(KernelPrecision.Fixed16)];
        string name = root.Has(Key) ? root.Choice(Key, names) : names[0];
        return name == names[0] ? KernelPrecision.Binary32 : name == names[1] ? KernelPrecision.Fixed32 : KernelPrecision.Fixed16;
    }

    /// <summary>The tool centre point in the URDF's tool frame: what a tool mounted there adds.</summary>
    private static Pose ReadTool(TomlSection? section)
    {
        if (section is null) return Pose.Identity;
        double[] xyz = section.Vector("xyz_m", 3, new NumberRange(-2.0, 2.0));
        double[] rpy = section.Vector("rpy_deg", 3, new NumberRange(-360.0, 360.0));
        section.RejectUnknownKeys();
        return new(
            Matrix3.FromRollPitchYaw(double.DegreesToRadians(rpy[0]), double.DegreesToRadians(rpy[1]), double.DegreesToRadians(rpy[2])),
            new(xyz[0], xyz[1], xyz[2]));
    }

    private static WorkspaceBox ReadWorkspace(TomlSection section)
    {
        double[] min = section.Vector("min_m", 3, NumberRange.Any);
        double[] max = section.Vector("max_m", 3, NumberRange.Any);
        for (int i = 0; section.Exists && i < 3; i++)
        {
            if (min[i] < max[i] || !section.IsSound("min_m") || !section.IsSound("max_m")) continue;
            section.ReportAt(
                section.ItemPosition("max_m", i), $"{section.PathOf("max_m")}[{i}]", $"{max[i]:G6}", $"more than min_m[{i}] ({min[i]:G6})",
                "Exchange the two or correct the sign.");
        }

        section.RejectUnknownKeys();
        return new(new(min[0], min[1], min[2]), new(max[0], max[1], max[2]));
    }

    private static SimulationSettings ReadSimulation(TomlSection section, JointConfiguration[] joints)
    {
        var scale = new NumberRange(0.1, 10.0);
        var settings = new SimulationSettings
        {
            ModelMassScale = section.Number("model_mass_scale", scale),
            ModelFrictionScale = section.Number("model_friction_scale", scale),
            EncoderNoise = section.Number("encoder_noise_mrad", new NumberRange(0.0, 100.0)) * 1e-3,
            Seed = (ulong)section.Integer("seed", 0, int.MaxValue),
            Effects = EffectsReader.Read(section.OptionalSection("unmodelled"), joints),
        };
        section.RejectUnknownKeys();
        return settings;
    }
}
