using System.Text.Json;
using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class ModelCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("cfc_default_b1_lecun", "double", 1e-11)]
    [InlineData("cfc_default_b1_lecun", "float", 2e-5)]
    [InlineData("cfc_pure_b0", "double", 1e-11)]
    [InlineData("cfc_nogate_b2_gelu", "double", 1e-11)]
    [InlineData("cfc_autoncp_mixed", "double", 1e-11)]
    [InlineData("ltc_ncp_linear_map", "float", 2e-4)]
    public async Task Reference_vectors_hold(string name, string precision, double bound)
    {
        var run = await CliRun.Of("model", "verify", Golden(name + ".json"), "--precision", precision, "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Output);
        Assert.True(json.RootElement.GetProperty("passed").GetBoolean());
        foreach (var sequence in json.RootElement.GetProperty("sequences").EnumerateArray())
        {
            Assert.InRange(sequence.GetProperty("outputError").GetDouble(), 0.0, bound);
            Assert.InRange(sequence.GetProperty("stateError").GetDouble(), 0.0, bound);
        }
    }

    [Fact]
    public async Task A_PyTorch_file_is_imported_and_exported()
    {
        string model = Path.Combine(_folder, "m.safetensors"), onnx = Path.Combine(_folder, "m.onnx"), copy = Path.Combine(_folder, "c.safetensors");
        var imported = await CliRun.Of("model", "import", Golden("ltc_fullyconnected_8u.pt"), "--config", Golden("ltc_fullyconnected_8u.json"), "--out", model);
        var exported = await CliRun.Of("model", "export", model, "--onnx", onnx, "--safetensors", copy, "--json");

        Assert.Equal((0, ""), (imported.ExitCode, imported.Error));
        Assert.Contains("8 neurons", imported.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (exported.ExitCode, exported.Error));
        using var json = JsonDocument.Parse(exported.Output);
        Assert.Equal(onnx, json.RootElement.GetProperty("onnx").GetString());
        Assert.Equal(File.ReadAllBytes(model), File.ReadAllBytes(copy));
        Assert.InRange(new FileInfo(onnx).Length, 1000, 100_000);
    }

    [Fact]
    public async Task What_cannot_be_imported_or_exported_is_refused_and_nothing_is_written()
    {
        string pickle = Path.Combine(_folder, "evil.pt"), model = Path.Combine(_folder, "m.safetensors");
        File.WriteAllBytes(pickle, [.. "PK\u0003\u0004"u8, .. new byte[100]]);
        Assert.Contains("evil.pt", (await CliRun.Of("model", "import", pickle, "--config", Golden("cfc_pure_b0.json"), "--out", model)).AssertBadInput(), StringComparison.Ordinal);
        Assert.Contains("ncps-torch", (await CliRun.Of("model", "import", pickle, "--from", "jax", "--out", model)).AssertBadInput(), StringComparison.Ordinal);
        Assert.Contains("ending in .safetensors", (await CliRun.Of("model", "import", pickle, "--out", "x.bin")).AssertBadInput(), StringComparison.Ordinal);
        Assert.Contains("--onnx", (await CliRun.Of("model", "export", Golden("cfc_pure_b0.safetensors"))).AssertBadInput(), StringComparison.Ordinal);
        Assert.False(File.Exists(model));
    }

    [Fact]
    public async Task One_flipped_sign_in_the_weights_makes_it_fail()
    {
        string vectors = Path.Combine(_folder, "v.json");
        string text = File.ReadAllText(Golden("cfc_default_b1_lecun.json"));
        int weights = text.IndexOf("rnn_cell.ff1.weight", StringComparison.Ordinal);
        int number = text.IndexOf('[', text.IndexOf("\"data\"", weights, StringComparison.Ordinal)) + 1;
        while (char.IsWhiteSpace(text[number])) number++;
        File.WriteAllText(vectors, text[number] == '-' ? text.Remove(number, 1) : text.Insert(number, "-"));

        var run = await CliRun.Of("model", "verify", vectors);

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Contains("NOT within", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_shows_shape_and_weights()
    {
        var table = await CliRun.Of("model", "info", Golden("cfc_default_b2_silu_proj.safetensors"));
        var run = await CliRun.Of("model", "info", Golden("cfc_default_b2_silu_proj.safetensors"), "--json");

        Assert.Equal((0, ""), (table.ExitCode, table.Error));
        Assert.Contains("rnn_cell.time_a.weight", table.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("silu", json.RootElement.GetProperty("activation").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("backboneLayers").GetInt32());
        long bytes = new FileInfo(Golden("cfc_default_b2_silu_proj.safetensors")).Length;
        Assert.InRange(4 * json.RootElement.GetProperty("parameters").GetInt64(), 1, bytes);
    }

    [Fact]
    public async Task Info_shows_what_is_certain_and_that_a_search_does_not_break_it()
    {
        string[] args = ["model", "info", Golden("cfc_autoncp_mixed.safetensors"), "--inputs", "-0.5", "1", "--dt", "0.01", "0.5", "--precision", "float", "--attack", "3000"];
        var table = await CliRun.Of(args);
        var run = await CliRun.Of([.. args, "--json"]);

        Assert.Equal((0, ""), (table.ExitCode, table.Error));
        Assert.Contains("What is certain", table.Output, StringComparison.Ordinal);
        Assert.Contains("nothing broke", table.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Output);
        var certificate = json.RootElement.GetProperty("certificate");
        Assert.Equal(32, certificate.GetProperty("states").GetArrayLength());
        Assert.Equal(-0.5, certificate.GetProperty("inputs")[0].GetProperty("lower").GetDouble());
        foreach (var bound in certificate.GetProperty("outputs").EnumerateArray())
        {
            Assert.InRange(bound.GetProperty("tightness").GetDouble(), 0.01, 1.0);
        }
    }

    [Theory]
    [InlineData("cfc_default_b0", 4 * 8 * 13, 4 * 8 * 13 + 3 * 8)]
    [InlineData("cfc_pure_b0", 6 * 9, 6 * 9 + 3 * 6)]
    public async Task Info_counts_what_a_step_computes(string name, int connections, int multiplyAdds)
    {
        using var json = JsonDocument.Parse((await CliRun.Of("model", "info", Golden(name + ".safetensors"), "--json")).Output);

        Assert.Equal(connections, json.RootElement.GetProperty("connections").GetInt32());
        Assert.Equal(multiplyAdds, json.RootElement.GetProperty("multiplyAdds").GetInt32());
    }

    [Theory]
    [InlineData("--inputs", "--inputs", "1", "-1")]
    [InlineData("divides", "--dt", "0", "1")]
    [InlineData("rising", "--dt", "1", "0.5")]
    public async Task A_domain_that_does_not_fit_is_refused(string expected, params string[] options)
    {
        var run = await CliRun.Of(["model", "info", Golden("ltc_random_nomap.safetensors"), .. options]);

        Assert.Contains(expected, run.AssertBadInput(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 127, 123, 125 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, 123, 125 })]
    public async Task A_hostile_file_is_refused(byte[] content)
    {
        string file = Path.Combine(_folder, "x.safetensors");
        File.WriteAllBytes(file, content);

        Assert.Contains(file, (await CliRun.Of("model", "info", file, "--json")).AssertBadInput(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model", "info", "nowhere.safetensors")]
    [InlineData("model", "verify", "nowhere.json")]
    public async Task A_missing_file_is_named(params string[] args)
    {
        Assert.Contains("nowhere", (await CliRun.Of(args)).AssertBadInput(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_precision_names_the_known_ones()
    {
        string error = (await CliRun.Of("model", "verify", Golden("cfc_pure_b0.json"), "--precision", "half")).AssertBadInput();

        Assert.Contains("float", error, StringComparison.Ordinal);
    }

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "golden", name);
}
