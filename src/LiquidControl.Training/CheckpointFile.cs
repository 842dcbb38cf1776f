using System.Runtime.InteropServices;
using LiquidControl.Neural;

namespace LiquidControl.Training;

/// <summary>
/// A training's checkpoint: a <see cref="SealedFile"/> of its <see cref="TrainingState"/>. One that is damaged or of another training is
/// refused before anything of it is taken over.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="identity">What the training is of: fields that must be the same for it to go on.</param>
/// <param name="batchesPerEpoch">How many batches an epoch has.</param>
internal sealed class CheckpointFile(string path, IReadOnlyList<KeyValuePair<string, string>> identity, int batchesPerEpoch)
{
    private const string Kind = "liquidcontrol training checkpoint 1";
    private const string EpochsKey = "epochs";
    private const int EpochFields = 4;

    private readonly SealedFile _file = new(path, Kind, identity);

    /// <summary>Replaces the file in one step; when this returns, it is on the disk.</summary>
    /// <exception cref="IOException">The operating system could not write it.</exception>
    public void Save(TrainingState state)
    {
        double[] epochs = [.. state.Epochs.SelectMany(static e => (double[])[e.Loss, e.ValidationLoss, e.Score, e.Seconds])];
        _file.Save([.. state.Arrays.Select(static array => Tensor(array.Name, array.Values)), Tensor(EpochsKey, epochs)]);
    }

    /// <summary>Overwrites a state with the file's.</summary>
    /// <exception cref="ModelFormatException">The file is missing, damaged, or of another training; the state is as it was.</exception>
    /// <exception cref="IOException">The operating system could not read it.</exception>
    public void Load(TrainingState state)
    {
        Dictionary<string, SafetensorsTensor> tensors = _file.Load().ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
        (string Name, Array Values)[] arrays = [.. state.Arrays];
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

    private void CheckLength(Dictionary<string, SafetensorsTensor> tensors, string name, int bytes)
    {
        int? found = tensors.TryGetValue(name, out SafetensorsTensor? tensor) ? tensor.Data.Length : null;
        if (found != bytes)
            throw new ModelFormatException(
                path, $"tensor '{name}'", found is null ? "nothing" : $"{found} bytes", $"{bytes} bytes", SealedFile.Anew);
    }

    private static SafetensorsTensor Tensor(string name, Array values) =>
        new(name, values is float[]? TensorType.F32 : TensorType.F64, [values.Length], Bytes(values).ToArray());

    private static Span<byte> Bytes(Array values) => values switch
    {
        float[] numbers => MemoryMarshal.AsBytes(numbers.AsSpan()),
        double[] numbers => MemoryMarshal.AsBytes(numbers.AsSpan()),
        _ => throw new ArgumentException($"{values.GetType().Name} is no array of floats or doubles.", nameof(values)),
    };
}
