namespace LiquidControl.Telemetry.Replay;

/// <summary>The first number of a recording that its replay does not give again.</summary>
/// <param name="Activation">In which activation of the recording, from 1.</param>
/// <param name="Cycle">Of that activation, from 0; -1 for what Activate itself says.</param>
/// <param name="Field">Its name.</param>
/// <param name="Joint">From 1 on; null for a field that no joint has.</param>
/// <param name="Recorded">The value in the file.</param>
/// <param name="Replayed">The value now.</param>
public sealed record ReplayDifference(int Activation, long Cycle, string Field, int? Joint, string Recorded, string Replayed)
{
    public override string ToString() =>
        $"cycle {Cycle} of activation {Activation}: {Field}{(Joint is { } joint ? $" of joint {joint}" : "")}: recorded {Recorded}, replayed {Replayed}";
}
