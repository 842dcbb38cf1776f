using LiquidControl.Telemetry.Replay;

namespace LiquidControl.Cli.Reports;

/// <summary>What `hil replay --json` prints.</summary>
/// <param name="File">The recording.</param>
/// <param name="Robot">Its name.</param>
/// <param name="Controller">The law in its cycle.</param>
/// <param name="Program">That ran the cycles when they were recorded.</param>
/// <param name="IsSame">Whether there were cycles to replay, and every bit came out the same.</param>
/// <param name="Activations">In the recording.</param>
/// <param name="Cycles">Replayed, up to the first difference.</param>
/// <param name="BeforeActivation">Records before the first activation, which cannot be replayed.</param>
/// <param name="AfterLoss">Records after lost ones, up to the next activation, which cannot either.</param>
/// <param name="Difference">The first; null without one.</param>
/// <param name="StateHash">Over the state hashes of the activations, one after the other.</param>
/// <param name="Changes">Files of the robot that are not what they were, in words.</param>
/// <param name="NotCompared">Fields of this program that the recording lacks.</param>
/// <param name="CutAt">The first byte that could not be read of a file that was cut off; null for a whole one.</param>
/// <param name="CutBecause">Why, in words.</param>
/// <param name="Csv">File written.</param>
/// <param name="Kept">File written.</param>
internal sealed record ReplayReport(
    string File, string Robot, string Controller, string Program, bool IsSame, int Activations, long Cycles, long BeforeActivation, long AfterLoss,
    ReplayDifference? Difference, string StateHash, IReadOnlyList<string> Changes, IReadOnlyList<string> NotCompared, long? CutAt, string? CutBecause,
    string? Csv, string? Kept);
