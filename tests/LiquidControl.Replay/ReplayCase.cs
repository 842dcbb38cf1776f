namespace LiquidControl.Replay;

/// <summary>A computation that must end in the same bits on every machine, whoever compiled it.</summary>
/// <param name="Subject">A robot or a room.</param>
/// <param name="Part">A robot's controller, or the part of the room.</param>
/// <param name="Inputs">A robot's scenario, or what the part is fed with.</param>
/// <param name="Seed">Seed of the inputs.</param>
/// <param name="Hash">Runs the case afresh and returns the hash over its results.</param>
public sealed record ReplayCase(string Subject, string Part, string Inputs, ulong Seed, Func<ulong> Hash)
{
    public string Name => $"{Subject} {Part} {Inputs} {Seed}";

    /// <summary>Everything that claims the same bits on every machine.</summary>
    public static IReadOnlyList<ReplayCase> All() =>
        [
            .. NumericsReplay.Cases, .. NetworkReplay.Cases, .. KernelReplay.Cases, .. TrainingReplay.Cases, .. RoboticsReplay.Cases,
            .. ArmReplay.Cases(), .. RecordingReplay.Cases(),
        ];
}
