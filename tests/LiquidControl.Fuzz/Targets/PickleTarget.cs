using System.IO.Compression;
using LiquidControl.Exchange;
using LiquidControl.Neural;

namespace LiquidControl.Fuzz.Targets;

/// <summary>
/// The pickle program of a .pt file alone. It is packed with right checksums and storages of a few numbers, which no mutation of a whole
/// file would keep.
/// </summary>
internal sealed class PickleTarget : FuzzTarget
{
    /// <summary>Of each storage, bytes: six 32-bit numbers or three of 64 bits.</summary>
    private const int StorageLength = 24;

    private static readonly string[] Storages = ["m/data/0", "m/data/1", "m/data/2"];

    public override string Name => "pickle";

    public override string Description => "the pickle program of a PyTorch state_dict";

    public override IReadOnlyList<string> Assemblies => ["LiquidControl.Exchange"];

    public override IReadOnlyList<string> Words =>
    [
        "\x80\x02", "ccollections\nOrderedDict\n", ")R", "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch._utils\n_rebuild_parameter\n",
        "ctorch\nFloatStorage\n", "ctorch\nDoubleStorage\n", "X\x07\0\0\0storage", "X\x03\0\0\0cpu", "X\x01\0\0\0" + "0", "X\x01\0\0\0" + "1",
        "X\x0a\0\0\0state_dict", "X\x10\0\0\0model_state_dict", "tQ", "t.", "(", "u.", "\x8a\x08", "\x93", "\x94", "\x95", "K\x06", "\x89",
    ];

    public override string FileName => "input.pt";

    public override void Read(byte[] input)
    {
        using MemoryStream stream = Pack(input);
        PyTorchFile.Parse(stream, FileName);
    }

    public override bool Declares(Exception thrown) => thrown is ModelFormatException;

    private static MemoryStream Pack(byte[] program)
    {
        MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "m/data.pkl", program);
            foreach (string storage in Storages) Add(zip, storage, new byte[StorageLength]);
        }

        return stream;
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        using Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(bytes);
    }
}
