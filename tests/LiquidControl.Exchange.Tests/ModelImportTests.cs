using LiquidControl.Neural;
using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Exchange.Tests;

public class ModelImportTests
{
    public static TheoryData<string> PyTorchNames => [.. Golden.Names];

    [Theory]
    [MemberData(nameof(PyTorchNames))]
    public void A_PyTorch_file_becomes_the_model_its_safetensors_twin_is(string name)
    {
        using TemporaryFolder folder = new();
        string written = folder.File("m.safetensors");
        ModelFile.Save(written, ModelImport.Read(Golden.PyTorch(name), Golden.Json(name), ModelSource.NcpsTorch));
        Model imported = ModelFile.Load(written);
        Model twin = ModelImport.Read(Golden.Safetensors(name), null, ModelSource.NcpsTorch);
        Assert.Equal(twin.Architecture, imported.Architecture);
        Assert.Equal(twin.Weights.Parameters, imported.Weights.Parameters);
        Assert.Equal(KeyValuePair.Create("imported from", $"{name}.pt, ncps for PyTorch, the reference"), imported.Metadata.Provenance.Single());

        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json(name));
        imported.Weights.Parameters.CopyTo(vectors.Weights.Parameters, 0);
        Assert.True(vectors.Verify(Precision.Binary64).Passed);
    }

    [Fact]
    public void A_Keras_file_is_turned_into_the_reference_form()
    {
        using TemporaryFolder folder = new();
        NetworkWeights weights = Random(new CfcArchitecture { InputSize = 3, Units = 4, BackboneUnits = 5, Memory = MemoryCoupling.Input });
        Save(folder.File("k.safetensors"), weights, key => key.Contains("time_a", StringComparison.Ordinal) ? -1.0 : 1.0, _ => false);
        File.WriteAllText(folder.File("k.json"),
            """
            {"class": "CfC", "constructor": {"input_size": 3, "units": 4, "backbone_units": 5, "mixed_memory": true},
             "variant": {"forget_gate_bias": 0.6}}
            """);
        Model imported = ModelImport.Read(folder.File("k.safetensors"), null, ModelSource.NcpsKeras);
        Assert.Equal(weights.Parameters, imported.Weights.Parameters);
        CfcArchitecture architecture = (CfcArchitecture)imported.Architecture;
        Assert.Equal((HeadActivation.Identity, MemoryCoupling.Input, 0.6),
            (architecture.HeadActivation, architecture.Memory, architecture.ForgetGateBias));
        architecture = (CfcArchitecture)ModelImport.Read(folder.File("k.safetensors"), null, ModelSource.PaperTensorFlow).Architecture;
        Assert.Equal(HeadActivation.LecunTanh, architecture.HeadActivation);

        // PyTorch has no kernels, so a forgotten --from is noticed.
        ModelFormatException error = Assert.Throws<ModelFormatException>(
            () => ModelImport.Read(folder.File("k.safetensors"), null, ModelSource.NcpsTorch));
        Assert.Contains(".weight': found nothing", error.Message);
    }

    [Fact]
    public void A_wired_Keras_file_gets_its_masks_and_polarity_from_the_recipe()
    {
        using TemporaryFolder folder = new();
        WiredCfcArchitecture architecture = new() { InputSize = 4, Wiring = new AutoNcpRecipe(12, 2) };
        Wiring wiring = architecture.Wiring.Build(4);
        NetworkWeights weights = Random(architecture);
        Save(folder.File("k.safetensors"), weights, _ => 1.0, tensor => tensor.IsMask);
        File.WriteAllText(folder.File("k.json"),
            """{"class": "CfC", "constructor": {"input_size": 4, "wiring": {"class": "AutoNCP", "units": 12, "output_size": 2}}}""");
        NetworkWeights imported = ModelImport.Read(folder.File("k.safetensors"), null, ModelSource.NcpsKeras).Weights;
        for (int layer = 0; layer < 3; layer++)
        {
            Assert.Equal(wiring.CfcMask(layer), imported[CfcKeys.OfLayer(layer, CfcKeys.Mask)].ToArray());
        }

        int negative = 0;
        ReadOnlySpan<double> before = weights["rnn_cell.layer_0.ff2.weight"], after = imported["rnn_cell.layer_0.ff2.weight"];
        for (int row = 0; row < wiring.Layers[0].Length; row++)
        {
            for (int input = 0; input < 4; input++)
            {
                int place = row * (4 + wiring.Layers[0].Length) + input;
                int polarity = wiring.SensorySynapse(input, wiring.Layers[0][row]);
                if (polarity < 0) negative++;
                Assert.Equal(polarity < 0 ? -before[place] : before[place], after[place]);
            }
        }

        Assert.True(negative > 0);
        Assert.Equal(-weights["rnn_cell.layer_1.time_a.bias"][0], imported["rnn_cell.layer_1.time_a.bias"][0]);
        Assert.Equal(weights["rnn_cell.layer_1.time_b.bias"][0], imported["rnn_cell.layer_1.time_b.bias"][0]);
    }

    [Fact]
    public void The_papers_LTC_adds_to_its_timespan_and_has_every_synapse()
    {
        using TemporaryFolder folder = new();
        LtcArchitecture architecture = new() { InputSize = 2, Wiring = new FullyConnectedRecipe(3) };
        Save(folder.File("l.safetensors"), Random(architecture), _ => 1.0, tensor => tensor.IsMask);
        File.WriteAllText(folder.File("l.json"), """{"class": "LTC", "constructor": {"input_size": 2, "units": 3, "ode_unfolds": 3}}""");
        Model imported = ModelImport.Read(folder.File("l.safetensors"), null, ModelSource.PaperTensorFlow);
        LtcArchitecture ltc = (LtcArchitecture)imported.Architecture;
        Assert.Equal((1e-3, false, 3), (ltc.TimespanOffset, ltc.ImplicitConstraints, ltc.OdeUnfolds));
        Assert.Equal(1.0, ((LtcArchitecture)ModelImport.Read(folder.File("l.safetensors"), null, ModelSource.PaperTorch).Architecture).TimespanOffset);
        Assert.All(imported.Weights["rnn_cell.sparsity_mask"].ToArray(), value => Assert.Equal(1.0, value));
    }

    [Fact]
    public void What_cannot_be_imported_is_refused_with_the_remedy()
    {
        using TemporaryFolder folder = new();
        File.Copy(Golden.PyTorch("cfc_default_b1_lecun"), folder.File("m.pt"));
        Refused(folder.File("m.pt"), null, "no file 'm.json' beside it");
        Refused(folder.File("m.h5"), null, "found the ending .h5, expected .pt, .pth or .safetensors");
        Refused(folder.File("m"), null, "found no ending");
        Refused(folder.File("m.pt"), folder.File("none.json"), "no such file");
        Refused(folder.File("m.pt"), Golden.Json("cfc_pure_b0"), "tensor 'rnn_cell.w_tau': found nothing");

        NetworkWeights weights = Random(new CfcArchitecture { InputSize = 3, Units = 4, BackboneLayers = 0 });
        weights["rnn_cell.ff2.bias"][1] = double.PositiveInfinity;
        Save(folder.File("n.safetensors"), weights, _ => 1.0, _ => false);
        File.WriteAllText(folder.File("n.json"), """{"class": "CfC", "constructor": {"input_size": 3, "units": 4, "backbone_layers": 0}}""");
        ModelFormatException error = Assert.Throws<ModelFormatException>(
            () => ModelImport.Read(folder.File("n.safetensors"), null, ModelSource.NcpsKeras));
        Assert.Contains("tensor 'rnn_cell.ff2.bias', element 1: found", error.Message);
    }

    private static void Refused(string path, string? configuration, string message) =>
        Assert.Contains(message, Assert.Throws<ModelFormatException>(
            () => ModelImport.Read(path, configuration, ModelSource.NcpsTorch)).Message);

    internal static NetworkWeights Random(NetworkArchitecture architecture)
    {
        RandomStream random = new(11);
        NetworkWeights weights = new(architecture);
        foreach (ref double value in weights.Parameters.AsSpan()) value = (float)random.Normal();
        return weights;
    }

    /// <summary>As Keras keeps them: 2-D weights [in, out] under .kernel.</summary>
    private static void Save(string path, NetworkWeights weights, Func<string, double> factor, Func<TensorSpec, bool> leaveOut)
    {
        List<SafetensorsTensor> tensors = [];
        foreach (TensorSpec tensor in weights.Tensors.Where(tensor => !leaveOut(tensor)))
        {
            double[] values = [.. weights[tensor.Key].ToArray().Select(value => factor(tensor.Key) * value)];
            bool isKernel = tensor.Key.EndsWith(".weight", StringComparison.Ordinal);
            tensors.Add(isKernel
                ? SafetensorsTensor.FromDoubles(tensor.Key.Replace(".weight", ".kernel", StringComparison.Ordinal), TensorType.F32,
                    [tensor.Shape[1], tensor.Shape[0]], Transposed(values, tensor.Shape[0], tensor.Shape[1]))
                : SafetensorsTensor.FromDoubles(tensor.Key, TensorType.F32, tensor.Shape, values));
        }

        new SafetensorsFile([], [.. tensors]).Write(path);
    }

    private static double[] Transposed(double[] values, int rows, int columns) =>
        [.. Enumerable.Range(0, columns).SelectMany(column => Enumerable.Range(0, rows).Select(row => values[row * columns + column]))];
}
