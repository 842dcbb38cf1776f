using Xunit;

namespace LiquidControl.Neural.Tests;

public class ArchitectureDocumentTests
{
    private const string Wired =
        """{"class": "CfC", "constructor": {"input_size": 5, "wiring": {"class": "FullyConnected", "units": 9}, "mixed_memory": false}}""";

    private const string Ltc =
        """{"class": "LTC", "constructor": {"input_size": 5, "units": 8, "input_mapping": "affine", "ode_unfolds": 6}}""";

    public static TheoryData<string> All => [.. Golden.All];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_kind_comes_back_as_it_was_saved_and_gives_the_same_bytes_again(string name)
    {
        using TemporaryFolder folder = new();
        string first = folder.File("first.safetensors"), second = folder.File("second.safetensors");
        Model model = ModelFile.Load(Golden.Tensors(name));
        ModelFile.Save(first, model);
        Model loaded = ModelFile.Load(first);
        ModelFile.Save(second, loaded);
        Assert.Equal(model.Architecture, loaded.Architecture);
        Assert.Equal(model.Weights.Parameters, loaded.Weights.Parameters);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void Variants_come_back_as_they_were_saved()
    {
        LtcArchitecture ltc = (LtcArchitecture)ModelFile.Load(Golden.Tensors("ltc_fullyconnected_8u")).Architecture;
        WiredCfcArchitecture wired = (WiredCfcArchitecture)ModelFile.Load(Golden.Tensors("cfc_wired_fullyconnected")).Architecture;
        CfcArchitecture dense = new() { InputSize = 2, Units = 3 };
        NetworkArchitecture[] variants =
        [
            ltc with { TimespanOffset = 1e-3, Epsilon = 0.0, InputMapping = LtcMapping.None, OutputMapping = LtcMapping.Linear },
            ltc with { Memory = MemoryCoupling.Input, ForgetGateBias = 0.1 },
            wired with { HeadActivation = HeadActivation.Identity, Memory = MemoryCoupling.Input },
            dense with { HeadActivation = HeadActivation.LecunTanh },
            dense with { Memory = MemoryCoupling.State, ForgetGateBias = 0.6 },
        ];
        foreach (NetworkArchitecture architecture in variants)
        {
            using TemporaryFolder folder = new();
            ModelFile.Save(folder.File("m.safetensors"), new Model { Weights = new NetworkWeights(architecture) });
            Assert.Equal(architecture, ModelFile.Load(folder.File("m.safetensors")).Architecture);
        }
    }

    [Theory]
    [InlineData(Wired, "\"mixed_memory\": false", "\"backbone_units\": 5", "$.constructor.backbone_units: found an unknown key")]
    [InlineData(Wired, "\"mixed_memory\": false", "\"mixed_memory\": 1", "$.constructor.mixed_memory: found 1, expected true or false")]
    [InlineData(Wired, "\"mixed_memory\": false", "\"mixed_memory\": true", "tensor 'lstm.input_map.weight': found nothing")]
    [InlineData(Wired, "\"units\": 9", "\"units\": 8", "shape [9, 14], expected shape [8, 13]")]
    [InlineData(Wired, "\"FullyConnected\"", "\"Fully\"", "wiring.class: found \"Fully\", expected AutoNCP")]
    [InlineData(Ltc, "\"affine\"", "\"cubic\"", "$.constructor.input_mapping: found \"cubic\", expected one of affine, linear")]
    [InlineData(Ltc, "\"affine\"", "null", "tensor 'rnn_cell.input_w': found a tensor this network does not have")]
    [InlineData(Ltc, "\"ode_unfolds\": 6", "\"ode_unfolds\": 0", "ode_unfolds: found 0, expected 1 to 1000")]
    [InlineData(Ltc, "\"ode_unfolds\": 6", "\"epsilon\": -1", "epsilon: found -1")]
    [InlineData(Ltc, "\"units\": 8, ", "", "$.constructor.units: found nothing")]
    [InlineData(Ltc, "\"class\"", "\"variant\": {\"head_activation\": \"tanh\"}, \"class\"", "an LTC has no heads")]
    [InlineData(Ltc, "\"class\"", "\"variant\": {\"timespan_offset\": -1}, \"class\"", "timespan_offset: found -1")]
    [InlineData(Wired, "\"class\": \"CfC\"", "\"class\": \"CfC\", \"variant\": {\"timespan_offset\": 1}", "only an LTC")]
    [InlineData(Wired, "\"class\": \"CfC\"", "\"class\": \"CfC\", \"variant\": {\"head\": 1}", "$.variant.head: found an unknown key")]
    public void A_faulty_description_is_refused_with_the_place(string description, string sound, string faulty, string message)
    {
        using TemporaryFolder folder = new();
        string golden = description == Ltc ? "ltc_fullyconnected_8u" : "cfc_wired_fullyconnected";
        File.Copy(Golden.Tensors(golden), folder.File("m.safetensors"));
        Assert.Contains(sound, description);
        File.WriteAllText(folder.File("m.json"), description);
        ModelFile.Load(folder.File("m.safetensors"));
        File.WriteAllText(folder.File("m.json"), description.Replace(sound, faulty, StringComparison.Ordinal));
        Assert.Contains(message, Assert.Throws<ModelFormatException>(() => ModelFile.Load(folder.File("m.safetensors"))).Message);
    }

    [Fact]
    public void A_mask_holds_zeros_and_ones()
    {
        NetworkWeights weights = ModelFile.Load(Golden.Tensors("cfc_ncp_pure")).Weights;
        weights["rnn_cell.layer_1.sparsity_mask"][3] = 0.5;
        ModelFormatException error = Assert.Throws<ModelFormatException>(
            () => NetworkWeights.FromTensors(weights.Architecture, weights.ToTensors(TensorType.F32), "file"));
        Assert.Contains("tensor 'rnn_cell.layer_1.sparsity_mask', element 3: found 0.5, expected 0 or 1", error.Message);
    }

    [Fact]
    public void A_projection_that_the_reference_library_cannot_run_is_refused()
    {
        using TemporaryFolder folder = new();
        File.Copy(Golden.Tensors("cfc_wired_fullyconnected"), folder.File("m.safetensors"));
        File.WriteAllText(folder.File("m.json"), Wired.Replace("\"units\": 9", "\"units\": 9, \"output_dim\": 4", StringComparison.Ordinal)
            .Replace("\"mixed_memory\": false", "\"proj_size\": 2", StringComparison.Ordinal));
        ModelFormatException error = Assert.Throws<ModelFormatException>(() => ModelFile.Load(folder.File("m.safetensors")));
        Assert.Contains("output_dim: found 4 with a projection, expected 9", error.Message);
    }
}
