using LiquidControl.Exchange;
using LiquidControl.Neural;

namespace LiquidControl.Fuzz.Targets;

/// <summary>A .pt file: the zip, the pickle program in it, the numbers.</summary>
internal sealed class PyTorchTarget : FuzzTarget
{
    public override string Name => "pt";

    public override string Description => "a PyTorch state_dict: the zip and all in it";

    public override IReadOnlyList<string> Assemblies => ["LiquidControl.Exchange"];

    public override IReadOnlyList<string> Words =>
        ["PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "PK\x06\x06", "PK\x06\x07", "data.pkl", "data/0", "byteorder", "version", "\x01\0", "../"];

    public override string FileName => "input.pt";

    public override void Read(byte[] input)
    {
        using MemoryStream stream = new(input, writable: false);
        PyTorchFile.Parse(stream, FileName);
    }

    public override bool Declares(Exception thrown) => thrown is ModelFormatException;
}
