using System.IO.Compression;
using System.Text;

namespace LiquidControl.Hosting.Machine;

/// <summary>What the running kernel was built with: /proc/config.gz, else /boot/config-RELEASE.</summary>
internal sealed class KernelConfiguration
{
    private readonly string _text;

    private KernelConfiguration(string text) => _text = $"\n{text}\n";

    /// <summary>Null when the kernel does not tell.</summary>
    public static KernelConfiguration? Read(MachineRoot root)
    {
        string? text = Inflate(root.Bytes("/proc/config.gz"));
        if (text is null && root.Text("/proc/sys/kernel/osrelease") is { } release) text = root.Text($"/boot/config-{release}");
        return text is not null && text.Contains("CONFIG_", StringComparison.Ordinal) ? new(text) : null;
    }

    /// <summary>Whether CONFIG_<paramref name="name"/> is built in.</summary>
    public bool Has(string name) => _text.Contains($"\nCONFIG_{name}=y\n", StringComparison.Ordinal);

    private static string? Inflate(byte[]? packed)
    {
        if (packed is null) return null;
        try
        {
            using var reader = new StreamReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress), Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
