using LiquidControl.Hosting;
using LiquidControl.Telemetry;
using LiquidControl.Telemetry.Replay;

namespace LiquidControl.Fuzz.Targets;

/// <summary>A recording as `hil replay` takes it: the MCAP file, the messages in it, its cycles through the controller of ar4-dc.</summary>
internal sealed class McapTarget : FuzzTarget
{
    private static readonly Lazy<RobotConfiguration> Robot = new(() => RobotConfiguration.Load(
        Path.Combine(AppContext.BaseDirectory, "firmware-config", "robots", "ar4-dc", "robot.toml")));

    public override string Name => "mcap";

    public override string Description => "a recording in MCAP, and its replay";

    public override IReadOnlyList<string> Assemblies => ["LiquidControl.Telemetry"];

    public override IReadOnlyList<string> Words =>
    [
        "\u0089MCAP0\r\n", "\u0001\u0008\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "\u0002\u0014\0\0\0\0\0\0\0", "\u0003", "\u0004", "\u0005", "\u0006", "\u0007", "\u000C", "\u000F\u0004\0\0\0\0\0\0\0",
        "\u0013\0\0\0liquidcontrol.Cycle", "\u0008\0\0\0protobuf", "\u0006\0\0\0/cycle", "\u0017\0\0\0liquidcontrol.recording", "\u0005\0\0\0robot",
        "\u0006\0\0\0joints", "\u0007\0\0\0rate_hz", "\u000A\0\0\0controller", "\u000A\0\0\0mass_scale", "\u000E\0\0\0friction_scale",
        "\u000F\0\0\0robot_toml_hash", "\u0009\0\0\0urdf_hash", "\u000B\0\0\0policy_hash", "\u0007\0\0\0program", "\u0006\0\0\0ar4-dc",
        "\u0006\0\0\0ct-eso", "\u0002\0\0\0ct", "\u0006\0\0\0ct-rls", "\u0006\0\0\0liquid", "\u0004\0\0\0zstd", "\u0003\0\0\0lz4", "\u000A\u0005Cycle", "\u000A\u0005cycle",
        "\u000A\u0009timestamp", "\u000A\u000Eencoder_counts", "\u000A\u000Eencoder_status", "\u000A\u0005state", "\u000A\u0008requests", "\u000A\u0008setpoint",
        "\u000A\u000Dlease_renewed", "\u000A\u000Dfault_cleared", "\u000A\u000Bdeactivated", "\u0020\u0001", "\u0020\u0003", "\u0028\u0001", "\u0028\u0007", "\u0028\u000E", "\u0028\u000F", "\u0028\u0010",
        "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF", "\u00FF\u00FF\u00FF\u007F", "\0\0\0\0\0\0\u00F0\u007F", "\0\0\0\0\0\0\u00F8\u007F",
    ];

    public override string FileName => "input.mcap";

    public override void Read(byte[] input)
    {
        ReadAll(input);
        using var recording = Open(input);
        RecordedController controller = new(recording, Robot.Value);
        try
        {
            CycleReplay.Run(recording, controller.NewCycle, _ => { }, CancellationToken.None);
        }
        catch (FileNotFoundException)
        {
            // A law with a network: the robot's, which does not travel with this program. That is nothing of the file's.
        }
    }

    /// <summary>
    /// A recording that says it lost cycles gets another controller at its next activation: 114 bytes at least, for up to 90 kB where the
    /// law learns.
    /// </summary>
    public override long MostAllocated(int length) => base.MostAllocated(length) + 800L * length;

    public override bool Declares(Exception thrown) => thrown is RecordingFormatException;

    /// <summary>To its end, which a replay may not come to.</summary>
    private void ReadAll(byte[] input)
    {
        using var recording = Open(input);
        byte[] record = new byte[recording.Layout.Size];
        while (recording.Read(record)) { }
    }

    private RecordingReader Open(byte[] input) => RecordingReader.Open(FileName, new MemoryStream(input, writable: false));
}
