using System.Buffers.Binary;
using LiquidControl.Control;
using LiquidControl.Numerics;
using LiquidControl.Simulation;
using LiquidControl.Telemetry;

namespace LiquidControl.Hosting;

/// <summary>The controller of a recording, set up again from the robot's files.</summary>
public sealed class RecordedController
{
    private readonly RobotConfiguration _robot;
    private readonly ControllerKind _kind;
    private readonly ArmDescription _arm;
    private readonly Lazy<LiquidPolicy?> _policy;

    /// <param name="recording">Its controller is meant.</param>
    /// <param name="robot">The robot of that name, as it is configured now.</param>
    /// <exception cref="RecordingFormatException">It is of another robot, or the law is none of this program.</exception>
    public RecordedController(RecordingReader recording, RobotConfiguration robot)
    {
        var origin = recording.Origin;
        _robot = robot;
        _kind = ControllerNames.Parse(origin.Controller) ?? throw recording.WrongOrigin(
            "controller", $"a recording of the controller '{origin.Controller}'", $"one of {string.Join(", ", ControllerNames.All)}",
            $"Replay it with the release that recorded it: {origin.Program}.");
        if (robot.Arm.Name != origin.Robot || robot.Arm.JointCount != origin.Joints)
        {
            throw recording.WrongOrigin(
                "robot", $"a recording of {origin.Robot} with {origin.Joints} joints", $"one of {robot.Arm.Name} with {robot.Arm.JointCount}, which {robot.Path} describes",
                "Name the robot's robot.toml with --robot.");
        }

        _arm = new ModelError(origin.MassScale, origin.FrictionScale).Apply(robot.Arm with { Rate = origin.Rate });
        _policy = new(() => SimulatedRobot.LoadPolicy(_robot, _kind, _arm));
        var now = OriginOf(robot, _kind, ModelError.None, origin.Rate, "");
        Changes =
        [
            .. Change("robot.toml", origin.RobotHash, now.RobotHash),
            .. Change("URDF", origin.UrdfHash, now.UrdfHash),
            .. Change("network", origin.PolicyHash, now.PolicyHash),
        ];
    }

    /// <summary>Files that are not what they were when it was recorded, in words; a difference is then to be expected.</summary>
    public IReadOnlyList<string> Changes { get; }

    /// <summary>The robot.toml of a recording's robot, found by its name alone: a file from outside opens no path of its own choice.</summary>
    /// <exception cref="RecordingFormatException">No robot of that name is known here.</exception>
    public static string FindRobot(RecordingReader recording)
    {
        string name = recording.Origin.Robot;
        IReadOnlyList<string> names = RobotCatalog.Names();
        return names.Contains(name)
            ? RobotCatalog.Find(name)
            : throw recording.WrongOrigin("robot", $"a recording of the robot '{name}'", $"one of {string.Join(", ", names)}", "Name its robot.toml with --robot.");
    }

    /// <summary>What a recording of this robot says of itself.</summary>
    /// <param name="robot">Its configuration.</param>
    /// <param name="kind">The law that drives.</param>
    /// <param name="error">What its controller believes otherwise than its files.</param>
    /// <param name="rate">Of the control cycle, Hz.</param>
    /// <param name="program">Name and version of the program that runs the cycle.</param>
    public static RecordingOrigin OriginOf(RobotConfiguration robot, ControllerKind kind, ModelError error, double rate, string program) => new()
    {
        Robot = robot.Arm.Name,
        Joints = robot.Arm.JointCount,
        Rate = rate,
        Controller = ControllerNames.Of(kind),
        MassScale = error.MassScale,
        FrictionScale = error.FrictionScale,
        RobotHash = HashOf(robot.Path),
        UrdfHash = HashOf(robot.UrdfPath),
        PolicyHash = HashOf(PolicyPath(robot, kind)),
        Program = program,
    };

    /// <summary>
    /// The controller as it was before its Configure, and the only one in use: all have one network, which each Activate resets. To load it
    /// takes megabytes and 50 ms, and a recording may ask for a controller every 100 bytes.
    /// </summary>
    /// <exception cref="FileNotFoundException">The law needs a network that is not there.</exception>
    public ControlCycle NewCycle(IArmHardware hardware, IClock clock) =>
        new(_arm, _robot.Controller, _kind, hardware, clock, _policy.Value, ringCapacity: 1);

    private static string? PolicyPath(RobotConfiguration robot, ControllerKind kind) => kind switch
    {
        ControllerKind.Liquid => robot.PolicyPath,
        ControllerKind.EndToEnd => robot.EndToEndPolicyPath,
        _ => null,
    };

    /// <summary>To notice a change, not to prove there is none; empty for no file.</summary>
    private static string HashOf(string? path)
    {
        if (path is null || !File.Exists(path))
            return "";
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        StateHash hash = new();
        hash.Add((long)bytes.Length);
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (; bytes.Length > 0; bytes = bytes[Math.Min(sizeof(ulong), bytes.Length)..])
        {
            word.Clear();
            bytes[..Math.Min(sizeof(ulong), bytes.Length)].CopyTo(word);
            hash.Add(BinaryPrimitives.ReadUInt64LittleEndian(word));
        }

        return $"{hash.Value:x16}";
    }

    private static IEnumerable<string> Change(string file, string recorded, string now)
    {
        if (recorded != now)
            yield return $"The {file} has changed since: its hash was {Word(recorded)}, now it is {Word(now)}.";
        static string Word(string hash) => hash.Length == 0 ? "of no file" : hash;
    }
}
