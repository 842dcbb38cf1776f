using System.Collections.Immutable;
using System.Text;

namespace LiquidControl.Neural;

/// <summary>
/// Models on disk: safetensors with the reference library's state_dict keys. What a state_dict lacks stands as one JSON document in the
/// file's __metadata__ under <see cref="MetadataKey"/>; for a model from Python it may stand in &lt;name&gt;.json beside the file, with
/// "class" and "constructor" as the reference library takes them.
/// </summary>
public static class ModelFile
{
    public const string MetadataKey = "liquidcontrol";

    private const long LargestSideFile = 1L << 26;

    /// <exception cref="ModelFormatException">The file, or the one beside it, is missing or not what it must be.</exception>
    /// <exception cref="IOException">The operating system could not read it.</exception>
    public static Model Load(string path)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        return FromTensors(FindDocument(path, file.Metadata), file.Tensors, path);
    }

    /// <summary>
    /// Writes the model in one piece: another process sees the old file or the new one. The same model gives the same bytes.
    /// </summary>
    /// <exception cref="ModelFormatException">The metadata do not fit the network.</exception>
    /// <exception cref="IOException">The operating system could not write it.</exception>
    public static void Save(string path, Model model)
    {
        model.Metadata.ThrowIfInvalid(model.Architecture, path);
        ModelDocument document = new(model.Architecture, model.Metadata);
        ImmutableArray<SafetensorsTensor> tensors = [.. model.Weights.ToTensors(model.StorageType)];
        // What is written must be readable: a weight that overflows F32, for one, is found here and not in the robot.
        FromTensors(document, tensors, path);
        new SafetensorsFile([KeyValuePair.Create("format", "pt"), KeyValuePair.Create(MetadataKey, document.Write())], tensors).Write(path);
    }

    /// <summary>A model of these tensors, which must be exactly those of the network described.</summary>
    /// <param name="document">What the network is.</param>
    /// <param name="tensors">Under the reference library's state_dict keys.</param>
    /// <param name="path">Where they came from, for the message.</param>
    /// <exception cref="ModelFormatException">A tensor is missing, extra, misshapen or holds a number that is not finite.</exception>
    public static Model FromTensors(ModelDocument document, IReadOnlyList<SafetensorsTensor> tensors, string path) => new()
    {
        Weights = NetworkWeights.FromTensors(document.Architecture, tensors, path),
        Metadata = document.Metadata,
        StorageType = tensors.All(tensor => tensor.Type == TensorType.F32) ? TensorType.F32 : TensorType.F64,
    };

    /// <summary>What a weights file says about its network in its __metadata__, or the file beside it.</summary>
    /// <param name="path">The weights file.</param>
    /// <param name="metadata">Its __metadata__; empty for a kind of file that has none.</param>
    /// <exception cref="ModelFormatException">There is no description, or not a sound one.</exception>
    public static ModelDocument FindDocument(string path, ImmutableArray<KeyValuePair<string, string>> metadata)
    {
        foreach ((string key, string value) in metadata)
        {
            if (key != MetadataKey) continue;
            JsonPlace root = JsonPlace.Parse(Encoding.UTF8.GetBytes(value), $"{path}, __metadata__ '{MetadataKey}'");
            return ModelDocument.Read(root, strict: true);
        }

        string sideFile = Path.ChangeExtension(path, ".json");
        if (File.Exists(sideFile)) return ModelDocument.ReadFile(sideFile);

        throw new ModelFormatException(path, "__metadata__", $"no '{MetadataKey}', and no file '{Path.GetFileName(sideFile)}' beside it",
            "the network's class and constructor arguments",
            """Write {"class": "CfC", "constructor": {"input_size": …, "units": …, "mode": …}} into that file.""");
    }

    internal static JsonPlace ReadJson(string path) => JsonPlace.Parse(BoundedFile.ReadAllBytes(path, LargestSideFile), path);
}
