using System.Text.Json;
using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;
using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class ModelQuantizeCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("cfc_default_b1_lecun", "--int16", KernelPrecision.Fixed16, 2e-4)]
    [InlineData("cfc_default_b1_relu", "--int16", KernelPrecision.Fixed16, 2e-4)]
    [InlineData("cfc_autoncp_mixed", "--int32", KernelPrecision.Fixed32, 3e-7)]
    public async Task A_copy_holds_the_same_weights_and_what_the_kernel_is_compiled_from(string name, string option, KernelPrecision precision, double bound)
    {
        string model = Golden(name + ".safetensors"), output = Path.Combine(_folder, "q.safetensors");
        var run = await CliRun.Of("model", "quantize", model, option, "--calibrate", Golden(name + ".json"), "--out", output, "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(option, "--" + json.RootElement.GetProperty("precision").GetString());
        Assert.Equal(output, json.RootElement.GetProperty("written").GetString());
        Assert.InRange(json.RootElement.GetProperty("shortSteps").GetInt32(), 10, json.RootElement.GetProperty("steps").GetInt32());
        Assert.All(json.RootElement.GetProperty("outputs").EnumerateArray(), error =>
        {
            Assert.InRange(error.GetProperty("oneStep").GetDouble(), 1e-9, bound);
            Assert.InRange(error.GetProperty("oneStepRms").GetDouble(), 1e-10, error.GetProperty("oneStep").GetDouble());
        });
        Assert.All(json.RootElement.GetProperty("layers").EnumerateArray(), layer => Assert.InRange(layer.GetProperty("headroom").GetDouble(), 0.01, 4.0));

        Model source = ModelFile.Load(model), copy = ModelFile.Load(output);
        Assert.Equal(source.Weights.Parameters, copy.Weights.Parameters);
        Assert.Equal(precision, copy.Metadata.FixedPoint!.Precision);
        var ranges = json.RootElement.GetProperty("ranges");
        Assert.Equal(ranges.GetProperty("inputs").EnumerateArray().Select(range => range.GetDouble()), copy.Metadata.FixedPoint.Ranges.Inputs);
        Assert.Equal(ranges.GetProperty("hidden").GetArrayLength(), copy.Metadata.FixedPoint.Ranges.Hidden.Length);
        Assert.Equal(precision, copy.Metadata.FixedPoint.Compile(copy.Weights).Precision);
    }

    [Fact]
    public async Task A_recording_is_run_and_nothing_written_without_out()
    {
        string recording = Path.Combine(_folder, "r.csv");
        File.WriteAllText(recording, "dt,x1,x2,x3,x4,x5\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"0.5,{i % 7 - 3},0.{i},1,-2,0.25\n")));
        var run = await CliRun.Of("model", "quantize", Golden("cfc_default_b1_lecun.safetensors"), "--int16", "--calibrate", recording);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("30 steps", run.Output, StringComparison.Ordinal);
        Assert.Contains("rnn_cell.backbone.0.weight", run.Output, StringComparison.Ordinal);
        Assert.Contains("of 32", run.Output, StringComparison.Ordinal);
        Assert.Contains("--out", run.Output, StringComparison.Ordinal);
        Assert.Equal(["r.csv"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("neither", "cfc_default_b1_lecun", "cfc_default_b1_lecun")]
    [InlineData("both", "cfc_default_b1_lecun", "cfc_default_b1_lecun", "--int16", "--int32")]
    [InlineData("as the model has", "cfc_default_b1_lecun", "cfc_pure_b0", "--int16")]
    [InlineData("LTC", "ltc_random_nomap", "ltc_random_nomap", "--int32")]
    [InlineData("nowhere", "cfc_default_b1_lecun", "nowhere", "--int16")]
    [InlineData("ending in .safetensors", "cfc_default_b1_lecun", "cfc_default_b1_lecun", "--int16", "--out", "q.bin")]
    public async Task What_does_not_fit_is_refused(string expected, string model, string vectors, params string[] options)
    {
        var run = await CliRun.Of(["model", "quantize", Golden(model + ".safetensors"), "--calibrate", Golden(vectors + ".json"), .. options]);

        Assert.Contains(expected, run.AssertBadInput(), StringComparison.Ordinal);
    }

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "golden", name);
}
