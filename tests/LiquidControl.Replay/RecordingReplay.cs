using LiquidControl.Hosting;
using LiquidControl.Telemetry;
using LiquidControl.Telemetry.Replay;

namespace LiquidControl.Replay;

/// <summary>The recordings of tests/scenarios/recordings, whoever made them where: their cycles come out the same, bit by bit.</summary>
internal static class RecordingReplay
{
    private static IReadOnlyList<string> Files { get; } =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "recordings"), "*.mcap").Order(StringComparer.Ordinal)];

    public static IEnumerable<ReplayCase> Cases() => Files.Select(file => new ReplayCase(
        "recording", Path.GetFileNameWithoutExtension(file), "as-recorded", 0, () => Hash(file)));

    /// <exception cref="InvalidOperationException">A bit is another.</exception>
    private static ulong Hash(string file)
    {
        using var recording = RecordingReader.Open(file);
        RecordedController controller = new(recording, RobotConfiguration.Load(RecordedController.FindRobot(recording)));
        var result = CycleReplay.Run(recording, controller.NewCycle, _ => { }, CancellationToken.None);
        if (result.IsSame)
            return result.StateHash;
        string found = result.Difference?.ToString() ?? "no cycle to replay";
        throw new InvalidOperationException(
            $"{file}: {found}. {string.Join(' ', controller.Changes)} If that is meant, record it anew and keep it: liquidcontrol hil replay FILE --keep tests/scenarios/recordings.");
    }
}
