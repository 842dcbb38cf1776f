using LiquidControl.Neural;

namespace LiquidControl.Fuzz.Targets;

/// <summary>A model as <see cref="ModelFile.Load"/> reads it: the safetensors file, the description in its header, the weights.</summary>
internal sealed class SafetensorsTarget : FuzzTarget
{
    public override string Name => "safetensors";

    public override string Description => "a model: safetensors with its description in the header";

    public override IReadOnlyList<string> Assemblies => ["LiquidControl.Neural"];

    public override IReadOnlyList<string> Words =>
    [
        "\"dtype\":\"F32\"", "\"dtype\":\"F64\"", "\"shape\":[", "\"data_offsets\":[", "\"__metadata__\":{", "\"liquidcontrol\":\"{",
        "\\\"class\\\":\\\"CfC\\\"", "\\\"class\\\":\\\"LTC\\\"", "\\\"constructor\\\":{", "\\\"input_size\\\":", "\\\"units\\\":", "\\u0000",
        "9223372036854775807", "2147483647", "-1", "1e308", "null",
    ];

    public override string FileName => "input.safetensors";

    public override void Read(byte[] input)
    {
        SafetensorsFile file = SafetensorsFile.Parse(input, FileName);
        ModelFile.FromTensors(ModelFile.FindDocument(FileName, file.Metadata), file.Tensors, FileName);
    }

    public override bool Declares(Exception thrown) => thrown is ModelFormatException;
}
