using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LiquidControl.Neural;

namespace LiquidControl.Training;

/// <summary>
/// A training's checkpoint: a safetensors file of its <see cref="TrainingState"/>, with what the training is of and the SHA-256 of all of
/// it in the metadata. A file that is damaged or of another training is refused before anything of it is taken over.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="identity">What the training is of: fields that must be the same for it to go on.</param>
/// <param name="batchesPerEpoch">How many batches an epoch has.</param>
internal sealed class CheckpointFile(string path, IReadOnlyList<KeyValuePair<string, string>> identity, int batchesPerEpoch)
{
    private const string Kind = "liquidcontrol training checkpoint 1";
    private const string KindKey = "kind";
    private const string ChecksumKey = "sha256";
    private const string EpochsKey = "epochs";
    private const int EpochFields = 4;
    private const string Anew = "Start the training anew, without this file.";
    private const string Same =
        "Go on with the data, the network and the options that the training began with, or start anew without this file.";

    /// <summary>Replaces the file in one step; when this returns, it is on the disk.</summary>
    /// <exception cref="IOException">The operating system could not write it.</exception>
    public void Save(TrainingState state)
    {
        double[] epochs = [.. state.Epochs.SelectMany(static e => (double[])[e.Loss, e.ValidationLoss, e.Score, e.Seconds])];
        SafetensorsFile file = new(
            [KeyValuePair.Create(KindKey, Kind), .. identity],
            [.. state.Arrays.Select(static array => Tensor(array.Name, array.Values)), Tensor(EpochsKey, epochs)]);
        (file with { Metadata = [.. file.Metadata, KeyValuePair.Create(ChecksumKey, Checksum(file))] }).Write(path);
    }

    /// <summary>Overwrites a state with the file's.</summary>
    /// <exception cref="ModelFormatException">The file is missing, damaged, or of another training; the state is as it was.</exception>
    /// <exception cref="IOException">The operating system could not read it.</exception>
    public void Load(TrainingState state)
    {
        SafetensorsFile file = ReadSound();
        CheckIdentity(file.Metadata);
        (string Name, Array Values)[] arrays = [.. state.Arrays];
        Dictionary<string, SafetensorsTensor> tensors = file.Tensors.ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
        foreach ((string name, Array values) in arrays)
            CheckLength(tensors, name, Buffer.ByteLength(values));
        double[] progress = new double[Buffer.ByteLength(arrays[^1].Values) / sizeof(double)];
        tensors[arrays[^1].Name].CopyTo(progress);
        int finished = (int)(progress[0] / batchesPerEpoch);
        CheckLength(tensors, EpochsKey, finished * EpochFields * sizeof(double));

        foreach ((string name, Array values) in arrays)
            tensors[name].Data.Span.CopyTo(Bytes(values));
        double[] epochs = new double[finished * EpochFields];
        tensors[EpochsKey].CopyTo(epochs);
        state.Epochs.Clear();
        foreach (double[] e in epochs.Chunk(EpochFields))
            state.Epochs.Add(new EpochRecord(e[0], e[1], e[2], e[3]));
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

        Require(file.Metadata, KindKey, Kind, Anew);
        if (file.Metadata is not [.. ImmutableArray<KeyValuePair<string, string>> contents, { Key: ChecksumKey, Value: string expected }])
            throw new ModelFormatException(path, ChecksumKey, "nothing", "a checksum at the end of the metadata", Anew);
        string found = Checksum(file with { Metadata = contents });
        return found == expected
            ? file
            : throw new ModelFormatException(path, ChecksumKey, $"{found} over the contents", expected, "The file is damaged. " + Anew);
    }

    private void CheckIdentity(ImmutableArray<KeyValuePair<string, string>> metadata)
    {
        foreach ((string field, string value) in identity)
            Require(metadata, field, value, Same);
    }

    private void Require(ImmutableArray<KeyValuePair<string, string>> metadata, string field, string expected, string remedy)
    {
        string? found = metadata.Where(entry => entry.Key == field).Select(static entry => entry.Value).FirstOrDefault();
        if (found != expected)
            throw new ModelFormatException(path, field, found ?? "nothing", expected, remedy);
    }

    private void CheckLength(Dictionary<string, SafetensorsTensor> tensors, string name, int bytes)
    {
        int? found = tensors.TryGetValue(name, out SafetensorsTensor? tensor) ? tensor.Data.Length : null;
        if (found != bytes)
            throw new ModelFormatException(path, $"tensor '{name}'", found is null ? "nothing" : $"{found} bytes", $"{bytes} bytes", Anew);
    }

    private static string Checksum(SafetensorsFile file) => Convert.ToHexStringLower(SHA256.HashData(file.ToBytes()));

    private static SafetensorsTensor Tensor(string name, Array values) =>
        new(name, values is float[]? TensorType.F32 : TensorType.F64, [values.Length], Bytes(values).ToArray());

    private static Span<byte> Bytes(Array values) => values switch
    {
        float[] numbers => MemoryMarshal.AsBytes(numbers.AsSpan()),
        double[] numbers => MemoryMarshal.AsBytes(numbers.AsSpan()),
        _ => throw new ArgumentException($"{values.GetType().Name} is no array of floats or doubles.", nameof(values)),
    };
}
