using System.Collections.Immutable;
using LiquidControl.Neural;
using LiquidControl.Neural.Wirings;

namespace LiquidControl.Exchange;

/// <summary>
/// Reads a model that was trained in Python into this project's form: the weights under the reference library's keys, whatever program they
/// come from, and a description of the network.
/// </summary>
public static class ModelImport
{
    private const string PyTorchExtension = ".pt";
    private const string PyTorchOtherExtension = ".pth";
    private const string SafetensorsExtension = ".safetensors";

    /// <summary>A Keras weight, [in, out] where PyTorch's .weight is [out, in].</summary>
    private const string Kernel = ".kernel";

    private const string SourceKey = "imported from";

    /// <param name="path">A .pt, .pth or .safetensors file of weights under the reference library's state_dict keys.</param>
    /// <param name="configuration">
    /// The file that holds "class" and "constructor"; null: the weights file's own description or the .json file beside it.
    /// </param>
    /// <param name="source">The program the model was trained with.</param>
    /// <exception cref="ModelFormatException">A file is missing or not what it must be.</exception>
    /// <exception cref="IOException">The operating system could not read a file.</exception>
    public static Model Read(string path, string? configuration, ModelSource source)
    {
        (IReadOnlyList<SafetensorsTensor> tensors, ImmutableArray<KeyValuePair<string, string>> metadata) = ReadTensors(path);
        ModelDocument document = configuration is null ? ModelFile.FindDocument(path, metadata) : ModelDocument.ReadFile(configuration);
        NetworkArchitecture architecture = Adapt(document.Architecture, source, path);
        List<SafetensorsTensor> complete = WithMasks(Oriented(tensors, source), architecture);
        Model model = ModelFile.FromTensors(document with { Architecture = architecture }, complete, path);
        if (source.GateSign < 0) ReferenceForm.NegateGates(model.Weights);
        if (source.HasSignedMasks) ReferenceForm.FoldPolarity(model.Weights);
        KeyValuePair<string, string> origin = KeyValuePair.Create(SourceKey, $"{Path.GetFileName(path)}, {source.Description}");
        ImmutableArray<KeyValuePair<string, string>> before = model.Metadata.Provenance.RemoveAll(entry => entry.Key == SourceKey);
        return model with { Metadata = model.Metadata with { Provenance = before.Add(origin) } };
    }

    private static (IReadOnlyList<SafetensorsTensor> Tensors, ImmutableArray<KeyValuePair<string, string>> Metadata) ReadTensors(string path)
    {
        string extension = Path.GetExtension(path);
        switch (extension.ToUpperInvariant())
        {
            case ".PT" or ".PTH":
                return (PyTorchFile.Read(path), []);
            case ".SAFETENSORS":
                SafetensorsFile file = SafetensorsFile.Read(path);
                return (file.Tensors, file.Metadata);
            default:
                throw new ModelFormatException(path, "file name", extension.Length == 0 ? "no ending" : $"the ending {extension}",
                    $"{PyTorchExtension}, {PyTorchOtherExtension} or {SafetensorsExtension}",
                    "Save the weights with torch.save(model.state_dict(), path) or as safetensors, under that ending.");
        }
    }

    private static NetworkArchitecture Adapt(NetworkArchitecture architecture, ModelSource source, string path)
    {
        if (architecture.Memory != MemoryCoupling.None) architecture = architecture with { Memory = source.Memory };
        architecture = architecture switch
        {
            CfcArchitecture dense => dense with { HeadActivation = source.Heads },
            WiredCfcArchitecture wired => wired with { HeadActivation = source.Heads },
            LtcArchitecture ltc => ltc with
            {
                TimespanOffset = source.TimespanOffset,
                ImplicitConstraints = ltc.ImplicitConstraints && source.HasImplicitConstraints,
            },
            _ => architecture,
        };
        architecture.ThrowIfInvalid(path);
        return architecture;
    }

    private static List<SafetensorsTensor> Oriented(IReadOnlyList<SafetensorsTensor> tensors, ModelSource source)
    {
        // In PyTorch nothing has this ending, so that such a file is refused as one of other tensors.
        if (source == ModelSource.NcpsTorch || source == ModelSource.PaperTorch) return [.. tensors];
        return [.. tensors.Select(tensor => tensor.Name.EndsWith(Kernel, StringComparison.Ordinal) && tensor.Shape.Length == 2
            ? Transposed(tensor)
            : tensor)];
    }

    private static SafetensorsTensor Transposed(SafetensorsTensor kernel)
    {
        int rows = kernel.Shape[0], columns = kernel.Shape[1];
        double[] values = new double[kernel.Length];
        double[] weight = new double[kernel.Length];
        kernel.CopyTo(values);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) weight[j * rows + i] = values[i * columns + j];
        }

        string name = kernel.Name[..^Kernel.Length] + CfcKeys.Weight;
        return SafetensorsTensor.FromDoubles(name, kernel.Type, [columns, rows], weight);
    }

    /// <summary>A file's own masks say what was trained; where a program keeps none with its weights, the recipe draws them again.</summary>
    private static List<SafetensorsTensor> WithMasks(List<SafetensorsTensor> tensors, NetworkArchitecture architecture)
    {
        Dictionary<string, TensorSpec> masks = architecture.Tensors().Where(tensor => tensor.IsMask).ToDictionary(tensor => tensor.Key);
        if (masks.Count == 0 || tensors.Any(tensor => masks.ContainsKey(tensor.Name))) return tensors;
        TensorType type = tensors.Any(tensor => tensor.Type == TensorType.F64) ? TensorType.F64 : TensorType.F32;
        return
        [
            .. tensors,
            .. WiringMasks.Of(architecture)
                .Select(mask => SafetensorsTensor.FromDoubles(mask.Key, type, masks[mask.Key].Shape, mask.Value)),
        ];
    }
}
