using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests;

public class ModelFileTests
{
    [Theory]
    [InlineData(CfcMode.Default, Activation.LecunTanh, 1, null, false, TensorType.F32)]
    [InlineData(CfcMode.Pure, Activation.Gelu, 0, 2, false, TensorType.F64)]
    [InlineData(CfcMode.NoGate, Activation.Silu, 3, 1, true, TensorType.F64)]
    public void A_model_comes_back_as_it_was_saved_and_gives_the_same_bytes_again(
        CfcMode mode, Activation activation, int layers, int? projection, bool dropout, TensorType type)
    {
        using TemporaryFolder folder = new();
        Model model = Sample(mode, activation, layers, projection, dropout, type);
        string first = folder.File("first.safetensors");
        string second = folder.File("second.safetensors");
        ModelFile.Save(first, model);
        Model loaded = ModelFile.Load(first);
        ModelFile.Save(second, loaded);

        Assert.Equal(model.Architecture, loaded.Architecture);
        Assert.Equal(model.Weights.Parameters, loaded.Weights.Parameters);
        Assert.Equal(model.Metadata.Features, loaded.Metadata.Features);
        Assert.Equal(model.Metadata.Outputs, loaded.Metadata.Outputs);
        Assert.Equal(model.Metadata.Provenance, loaded.Metadata.Provenance);
        Assert.Equal(model.Metadata.TimespanScale, loaded.Metadata.TimespanScale);
        Assert.Equal(type, loaded.StorageType);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        Assert.Equal(0, BitConverter.ToInt64(File.ReadAllBytes(first)) % 8);
    }

    [Fact]
    public void A_model_from_Python_is_read_with_the_file_beside_it()
    {
        Model model = ModelFile.Load(Golden.Tensors("cfc_default_b2_silu_proj"));
        CfcArchitecture expected = new()
        {
            InputSize = 6,
            Units = 10,
            Activation = Activation.Silu,
            BackboneUnits = 12,
            BackboneLayers = 2,
            ProjectionSize = 2,
        };
        Assert.Equal(expected, model.Architecture);
        Assert.Empty(model.Metadata.Features);
        Assert.Equal((double)0.23029006f, model.Weights["rnn_cell.backbone.0.weight"][0]);
    }

    [Fact]
    public void A_file_beside_the_model_may_name_features_and_scales()
    {
        using TemporaryFolder folder = new();
        File.Copy(Golden.Tensors("cfc_pure_b0"), folder.File("m.safetensors"));
        File.WriteAllText(folder.File("m.json"),
            """
            {"class": "CfC", "constructor": {"input_size": 3, "units": 6, "mode": "pure", "backbone_layers": 0, "return_sequences": false},
             "timespan_scale": 0.005, "features": [{"name": "a", "unit": "rad", "mean": 1, "scale": 2},
             {"name": "b", "unit": "rad/s", "mean": 0, "scale": 1}, {"name": "c", "unit": "N·m", "mean": 0, "scale": 1}], "note": "mine"}
            """);
        Model model = ModelFile.Load(folder.File("m.safetensors"));
        Assert.Equal(new ModelFeature("a", "rad", 1, 2), model.Metadata.Features[0]);
        Assert.Equal(0.005, model.Metadata.TimespanScale);
    }

    [Fact]
    public void A_model_without_a_description_says_what_to_write()
    {
        using TemporaryFolder folder = new();
        File.Copy(Golden.Tensors("cfc_pure_b0"), folder.File("m.safetensors"));
        ModelFormatException error = Assert.Throws<ModelFormatException>(() => ModelFile.Load(folder.File("m.safetensors")));
        Assert.Contains("'m.json'", error.Message);
        Assert.Contains("constructor", error.Message);
    }

    [Theory]
    [InlineData("\"units\": 6", "\"units\": 7", "tensor 'rnn_cell.w_tau': found shape [1, 6], expected shape [1, 7]")]
    [InlineData("\"mode\": \"pure\"", "\"mode\": \"default\"", "tensor 'rnn_cell.ff2.weight': found nothing")]
    [InlineData("\"units\": 6", "\"units\": 6, \"proj_size\": 2", "tensor 'fc.weight': found nothing")]
    [InlineData("\"units\": 6", "\"units\": 0", "units: found 0, expected 1 to 65536")]
    [InlineData("\"units\": 6", "\"units\": 6.5", "$.constructor.units: found 6.5, expected a whole number")]
    [InlineData("\"units\": 6", "\"units\": 2147483647", "units: found 2147483647")]
    [InlineData("\"units\": 6", "\"units\": 60000", "parameters")]
    [InlineData("\"units\": 6", "\"units\": 6, \"hidden\": 5", "$.constructor.hidden: found an unknown key")]
    [InlineData("\"units\": 6", "\"units\": 6, \"\\ud800\": 5", "not valid JSON")]
    [InlineData("\"units\": 6", "\"units\": 6, \"activation\": \"\\ud800\"", "$.constructor.activation")]
    [InlineData("\"units\": 6", "\"units\": 6, \"activation\": \"elu\"", "lecun_tanh, tanh, relu, silu, gelu")]
    [InlineData("\"input_size\": 3,", "", "$.constructor.input_size: found nothing")]
    [InlineData("\"class\": \"CfC\"", "\"class\": 5", "$.class: found 5, expected a string")]
    [InlineData("\"class\": \"CfC\"", "\"class\": \"CfC\", \"timespan_scale\": 0", "timespan_scale: found 0")]
    [InlineData("\"class\": \"CfC\"", "\"class\": \"CfC\", \"timespan_scale\": 1e999", "$.timespan_scale")]
    [InlineData("\"class\": \"CfC\"", "\"class\": \"CfC\", \"format\": 2", "$.format: found 2, expected 1")]
    [InlineData("\"class\": \"CfC\"", "\"class\": \"CfC\", \"features\": [{\"name\": \"a\", \"unit\": \"1\", \"mean\": 0, \"scale\": 1}]",
        "features: found 1 of them, expected 3")]
    [InlineData("\"class\": \"CfC\"", "\"class\": \"CfC\", \"features\": [{\"name\": \"a\", \"unit\": \"1\", \"mean\": 0}]",
        "$.features[0].scale")]
    [InlineData("\"class\": \"CfC\"", "\"class\": \"CfC\"\n, oops", "line 2")]
    public void A_faulty_description_is_refused_with_the_place(string sound, string faulty, string message)
    {
        const string Description =
            """{"class": "CfC", "constructor": {"input_size": 3, "units": 6, "mode": "pure", "backbone_layers": 0}}""";
        using TemporaryFolder folder = new();
        File.Copy(Golden.Tensors("cfc_pure_b0"), folder.File("m.safetensors"));
        Assert.Contains(sound, Description);
        File.WriteAllText(folder.File("m.json"), Description.Replace(sound, faulty, StringComparison.Ordinal));
        Assert.Contains(message, Assert.Throws<ModelFormatException>(() => ModelFile.Load(folder.File("m.safetensors"))).Message);
    }

    [Fact]
    public void Extra_and_non_finite_tensors_are_refused()
    {
        Model model = Sample(CfcMode.Default, Activation.Relu, 1, null, false, TensorType.F64);
        List<SafetensorsTensor> tensors = [.. model.Weights.ToTensors(TensorType.F64)];
        tensors.Add(SafetensorsTensor.FromDoubles("rnn_cell.extra", TensorType.F64, [1], [0.0]));
        ModelFormatException error =
            Assert.Throws<ModelFormatException>(() => NetworkWeights.FromTensors(model.Architecture, tensors, "file"));
        Assert.Contains("file: tensor 'rnn_cell.extra'", error.Message);

        model.Weights[CfcKeys.TimeA + CfcKeys.Bias][2] = double.NaN;
        error = Assert.Throws<ModelFormatException>(
            () => NetworkWeights.FromTensors(model.Architecture, model.Weights.ToTensors(TensorType.F64), "file"));
        Assert.Contains("tensor 'rnn_cell.time_a.bias', element 2: found NaN", error.Message);
    }

    [Fact]
    public void A_weight_too_large_for_the_file_is_refused_and_the_old_file_stays()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("m.safetensors");
        Model model = Sample(CfcMode.Default, Activation.Tanh, 1, null, false, TensorType.F32);
        ModelFile.Save(path, model);
        byte[] before = File.ReadAllBytes(path);
        model.Weights.Parameters[0] = 1e300;
        Assert.Throws<ModelFormatException>(() => ModelFile.Save(path, model));
        Model backwards = model with { Metadata = model.Metadata with { TimespanScale = -1 } };
        Assert.Throws<ModelFormatException>(() => ModelFile.Save(path, backwards));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(["m.safetensors"], folder.Names);
    }

    [Fact]
    public void An_unknown_key_in_the_files_own_description_is_refused()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("m.safetensors");
        ModelFile.Save(path, Sample(CfcMode.Pure, Activation.Tanh, 1, null, false, TensorType.F32));
        SafetensorsFile file = SafetensorsFile.Read(path);
        string faulty = file.Metadata[1].Value.Replace("\"outputs\"", "\"outputz\"", StringComparison.Ordinal);
        (file with { Metadata = [file.Metadata[0], KeyValuePair.Create(ModelFile.MetadataKey, faulty)] }).Write(path);
        ModelFormatException error = Assert.Throws<ModelFormatException>(() => ModelFile.Load(path));
        Assert.Contains("__metadata__ 'liquidcontrol': $.outputz", error.Message);
    }

    internal static Model Sample(CfcMode mode, Activation activation, int layers, int? projection, bool dropout, TensorType type)
    {
        CfcArchitecture architecture = new()
        {
            InputSize = 3,
            Units = 5,
            Mode = mode,
            Activation = activation,
            BackboneUnits = 7,
            BackboneLayers = layers,
            BackboneDropout = dropout,
            ProjectionSize = projection,
        };
        RandomStream random = new(7);
        NetworkWeights weights = new(architecture);
        foreach (ref double value in weights.Parameters.AsSpan()) value = (float)(0.5 * random.Normal());
        return new Model
        {
            Weights = weights,
            StorageType = type,
            Metadata = new ModelMetadata
            {
                Features = [new("joint 1 \"error\"", "rad", 0.1, 0.3), new("Δω", "rad/s", -1e-300, 1e10), new("load", "N·m", 0, 1)],
                Outputs = [.. Enumerable.Range(0, architecture.OutputSize).Select(Output)],
                TimespanScale = 0.005,
                Provenance =
                [
                    KeyValuePair.Create("seed", "42"), KeyValuePair.Create("command", "train arm --seed 42"), KeyValuePair.Create("a", ""),
                ],
            },
        };

        static ModelOutput Output(int i) => new($"τ{i}", "N·m", 1 + i, i == 0 ? 2.5 : null, 30);
    }
}
