using System.Collections.Immutable;
using System.Security.Cryptography;
using LiquidControl.Neural;

namespace LiquidControl.Training;

/// <summary>
/// A safetensors file that knows what it is of: a kind, fields that must be the same for it to be of use, and at the end of the metadata
/// the SHA-256 of all of it. One that is damaged or of something else is refused.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="kind">What sort of file it is.</param>
/// <param name="identity">What it is of.</param>
internal sealed class SealedFile(string path, string kind, IReadOnlyList<KeyValuePair<string, string>> identity)
{
    /// <summary>What to do about a file that is of no use.</summary>
    public const string Anew = "Start the training anew, without this file.";

    private const string KindKey = "kind";
    private const string ChecksumKey = "sha256";
    private const string Same =
        "Go on with the program, the data, the network and the options that the training began with, or start anew without this file.";

    /// <summary>Replaces the file in one step; when this returns, it is on the disk.</summary>
    /// <exception cref="IOException">The operating system could not write it.</exception>
    public void Save(ImmutableArray<SafetensorsTensor> tensors)
    {
        SafetensorsFile file = new([KeyValuePair.Create(KindKey, kind), .. identity], tensors);
        (file with { Metadata = [.. file.Metadata, KeyValuePair.Create(ChecksumKey, Checksum(file))] }).Write(path);
    }

    /// <summary>The tensors of the file.</summary>
    /// <exception cref="ModelFormatException">It is missing, damaged, or of something else.</exception>
    /// <exception cref="IOException">The operating system could not read it.</exception>
    public ImmutableArray<SafetensorsTensor> Load()
    {
        SafetensorsFile file = ReadSound();
        foreach ((string field, string value) in identity)
            Require(file.Metadata, field, value, Same);
        return file.Tensors;
    }

    private SafetensorsFile ReadSound()
    {
        SafetensorsFile file;
        try
        {
            file = SafetensorsFile.Read(path);
        }
        catch (ModelFormatException damage)
        {
            throw new ModelFormatException(
                path, damage.Place, $"no sound checkpoint ({damage.Message})", "one that a training wrote", Anew, damage);
        }

        Require(file.Metadata, KindKey, kind, Anew);
        if (file.Metadata is not [.. ImmutableArray<KeyValuePair<string, string>> contents, { Key: ChecksumKey, Value: string expected }])
            throw new ModelFormatException(path, ChecksumKey, "nothing", "a checksum at the end of the metadata", Anew);
        string found = Checksum(file with { Metadata = contents });
        return found == expected
            ? file
            : throw new ModelFormatException(path, ChecksumKey, $"{found} over the contents", expected, "The file is damaged. " + Anew);
    }

    private void Require(ImmutableArray<KeyValuePair<string, string>> metadata, string field, string expected, string remedy)
    {
        string? found = metadata.Where(entry => entry.Key == field).Select(static entry => entry.Value).FirstOrDefault();
        if (found != expected)
            throw new ModelFormatException(path, field, found ?? "nothing", expected, remedy);
    }

    private static string Checksum(SafetensorsFile file) => Convert.ToHexStringLower(SHA256.HashData(file.ToBytes()));
}
