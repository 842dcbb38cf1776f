using System.Buffers.Binary;
using System.IO.Compression;
using LiquidControl.Neural;

namespace LiquidControl.Exchange.Tests;

/// <summary>Zips like those of torch.save, from parts.</summary>
internal static class Archive
{
    public static byte[] Zip(CompressionLevel level, params IEnumerable<(string Name, byte[] Bytes)> entries)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>A program and its storages 0, 1, ...</summary>
    public static byte[] Of(byte[] program, params byte[][] storages) => Zip(CompressionLevel.NoCompression,
        [("m/data.pkl", program), .. storages.Select((bytes, i) => ($"m/data/{i}", bytes)), ("m/version", "3\n"u8.ToArray())]);

    public static IReadOnlyList<SafetensorsTensor> Parse(byte[] file)
    {
        using MemoryStream stream = new(file, writable: false);
        return PyTorchFile.Parse(stream, "file");
    }

    public static byte[] Entry(byte[] file, string name)
    {
        using ZipArchive zip = new(new MemoryStream(file));
        using Stream stream = zip.GetEntry(name)!.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static byte[] Floats(params float[] values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
        return bytes;
    }

    public static double[] Numbers(SafetensorsTensor tensor)
    {
        double[] values = new double[tensor.Length];
        tensor.CopyTo(values);
        return values;
    }
}
