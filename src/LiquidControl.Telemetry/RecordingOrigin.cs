using System.Globalization;
using LiquidControl.Telemetry.Mcap;

namespace LiquidControl.Telemetry;

/// <summary>What made a recording: enough to set up the same controller again, and to tell when one of its files has changed since.</summary>
public sealed record RecordingOrigin
{
    /// <summary>The record of a file's metadata that holds it.</summary>
    internal const string MetadataName = "liquidcontrol.recording";

    private const int MostJoints = 64;

    /// <summary>Names, versions and hashes are shorter.</summary>
    private const int LongestText = 200;

    /// <summary>Its name.</summary>
    public required string Robot { get; init; }

    public required int Joints { get; init; }

    /// <summary>Of the control cycle, Hz.</summary>
    public required double Rate { get; init; }

    /// <summary>The law in the cycle, by its name on the command line.</summary>
    public required string Controller { get; init; }

    /// <summary>What the controller's masses and frictions were multiplied by, as in a simulation; 1 for those of the robot's files.</summary>
    public required double MassScale { get; init; }

    /// <inheritdoc cref="MassScale"/>
    public required double FrictionScale { get; init; }

    /// <summary>Hash of the robot.toml.</summary>
    public required string RobotHash { get; init; }

    /// <summary>Hash of the URDF.</summary>
    public required string UrdfHash { get; init; }

    /// <summary>Hash of the network's file; empty for a law without one.</summary>
    public required string PolicyHash { get; init; }

    /// <summary>Name and version of the program whose cycles they are.</summary>
    public required string Program { get; init; }

    internal Dictionary<string, string> ToMetadata() => new()
    {
        ["robot"] = Robot,
        ["joints"] = Joints.ToString(CultureInfo.InvariantCulture),
        ["rate_hz"] = Rate.ToString("R", CultureInfo.InvariantCulture),
        ["controller"] = Controller,
        ["mass_scale"] = MassScale.ToString("R", CultureInfo.InvariantCulture),
        ["friction_scale"] = FrictionScale.ToString("R", CultureInfo.InvariantCulture),
        ["robot_toml_hash"] = RobotHash,
        ["urdf_hash"] = UrdfHash,
        ["policy_hash"] = PolicyHash,
        ["program"] = Program,
    };

    /// <exception cref="RecordingFormatException">An entry is missing or out of range.</exception>
    internal static RecordingOrigin FromMetadata(string file, McapMetadata metadata)
    {
        double joints = Number("joints", 1.0, MostJoints);
        return new()
        {
            Robot = Text("robot"),
            Joints = joints == Math.Floor(joints) ? (int)joints : throw WrongValue("joints", Text("joints"), "a whole number"),
            Rate = Number("rate_hz", 1.0, 100_000.0),
            Controller = Text("controller"),
            MassScale = Number("mass_scale", 0.0, 1000.0),
            FrictionScale = Number("friction_scale", 0.0, 1000.0),
            RobotHash = Text("robot_toml_hash"),
            UrdfHash = Text("urdf_hash"),
            PolicyHash = Text("policy_hash"),
            Program = Text("program"),
        };

        string Text(string key)
        {
            if (!metadata.Entries.TryGetValue(key, out var entry))
                throw Wrong(key, metadata.Offset, "no such entry", "one");
            if (entry.Value.Length > LongestText)
                throw Wrong(key, entry.Offset, $"{entry.Value.Length} characters", $"at most {LongestText}");
            return entry.Value.Any(char.IsControl) ? throw Wrong(key, entry.Offset, "a control character", "none") : entry.Value;
        }

        double Number(string key, double min, double max)
        {
            string text = Text(key);
            bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
            return isNumber && value >= min && value <= max ? value : throw WrongValue(key, $"'{text}'", $"a number from {min} to {max}");
        }

        RecordingFormatException WrongValue(string key, string found, string expected) => Wrong(key, metadata.Entries[key].Offset, found, expected);

        RecordingFormatException Wrong(string key, long offset, string found, string expected) => new(
            file, offset, $"{found} under '{key}' of the metadata '{MetadataName}'", expected, "Give a recording that `liquidcontrol hil record` made.");
    }
}
