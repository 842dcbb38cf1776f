using System.Collections.Immutable;

namespace LiquidControl.Neural;

/// <summary>
/// The weights of a reference file: in its state_dict, in the safetensors file it names, or in both, which must then agree.
/// </summary>
internal static class ReferenceWeights
{
    public static NetworkWeights Load(string path, JsonPlace root, NetworkArchitecture architecture)
    {
        NetworkWeights? inline = ReadInline(root, architecture);
        NetworkWeights? beside = ReadBeside(path, root, architecture);
        if (inline is not null && beside is not null) ThrowIfDifferent(path, inline, beside);
        return beside ?? inline ?? throw new ModelFormatException(path, "$.state_dict", "no data, and no weights file beside it",
            "the weights", "Put the safetensors file beside the reference file under the name that weights_file gives.");
    }

    /// <summary>Null if the file names no weights file or it is not there.</summary>
    private static NetworkWeights? ReadBeside(string path, JsonPlace root, NetworkArchitecture architecture)
    {
        if (!root.TryMember("weights_file", out JsonPlace place)) return null;
        string name = place.Text();
        if (name.Length == 0 || name.AsSpan().IndexOfAny('/', '\\', '\0') >= 0) throw place.Wrong("a file name without a folder");
        string file = Path.Combine(Path.GetDirectoryName(path) ?? "", name);
        return File.Exists(file) ? NetworkWeights.FromTensors(architecture, SafetensorsFile.Read(file).Tensors, file) : null;
    }

    /// <summary>Null if no tensor has data: large networks keep theirs in the safetensors file only.</summary>
    private static NetworkWeights? ReadInline(JsonPlace root, NetworkArchitecture architecture)
    {
        if (!root.TryMember("state_dict", out JsonPlace dictionary)) return null;
        List<SafetensorsTensor> tensors = [];
        foreach ((string name, JsonPlace entry) in dictionary.Members())
        {
            if (!entry.TryMember("data", out JsonPlace data)) return null;
            ImmutableArray<int> shape = [.. entry.Member("shape").Items().Select(extent => extent.Whole())];
            double[] values = [.. data.Items().Select(item => item.SinglePrecision())];
            if (shape.Aggregate(1L, (product, extent) => unchecked(product * extent)) != values.Length)
            {
                throw data.Wrong($"as many numbers as shape [{string.Join(", ", shape)}] has, not {values.Length}");
            }

            tensors.Add(SafetensorsTensor.FromDoubles(name, TensorType.F32, shape, values));
        }

        return NetworkWeights.FromTensors(architecture, tensors, root.File);
    }

    private static void ThrowIfDifferent(string path, NetworkWeights inline, NetworkWeights beside)
    {
        foreach (TensorSpec tensor in inline.Tensors)
        {
            int same = inline[tensor.Key].CommonPrefixLength(beside[tensor.Key]);
            if (same == tensor.Length) continue;
            throw new ModelFormatException(path, $"tensor '{tensor.Key}', element {same}", $"{inline[tensor.Key][same]:R}",
                $"{beside[tensor.Key][same]:R} as in the weights file", "One of the two was changed: restore both from where they came.");
        }
    }
}
