using System.Text.Json;
using System.Text.Json.Serialization;
using LiquidControl.Control;
using LiquidControl.Telemetry;

namespace LiquidControl.Hosting;

/// <summary>What the daemon's ring says of its records, as JSON: enough for any version of any reader to take them apart.</summary>
/// <param name="Robot">Its name.</param>
/// <param name="Rate">Of the control cycle, Hz.</param>
/// <param name="Joints">How many.</param>
/// <param name="Fields">Of a record.</param>
/// <param name="Origin">What a recording of it needs to say of itself; null where the writer does not tell.</param>
public sealed record RingDescription(string Robot, double Rate, int Joints, IReadOnlyList<RecordField> Fields, RecordingOrigin? Origin = null)
{
    /// <summary>The times that follow a cycle's record, of the cycle before it: of LiquidControl.Realtime's CycleTiming.</summary>
    private static readonly string[] TimingFields = ["loop_deadline", "loop_wake_lateness", "loop_finish_lateness", "loop_skipped"];

    public static byte[] Of(ArmDescription arm, CycleLayout layout, RecordingOrigin? origin = null)
    {
        var timing = TimingFields.Select((name, i) => new RecordField(
            name, null, RecordKind.I64, i < TimingFields.Length - 1 ? "ns" : "", layout.Size + i * sizeof(long), [], IsFlags: false));
        return JsonSerializer.SerializeToUtf8Bytes(
            new RingDescription(arm.Name, arm.Rate, arm.JointCount, [.. layout.Fields, .. timing], origin), RingJson.Default.RingDescription);
    }

    /// <exception cref="JsonException">It is not one.</exception>
    public static RingDescription Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, RingJson.Default.RingDescription) ?? throw new JsonException("found null, expected a ring's description");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RingDescription))]
internal sealed partial class RingJson : JsonSerializerContext;
