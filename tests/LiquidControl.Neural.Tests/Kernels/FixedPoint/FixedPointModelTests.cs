using System.Text;
using LiquidControl.Neural.Kernels;
using Xunit;

namespace LiquidControl.Neural.Tests.Kernels;

public class FixedPointModelTests
{
    [Fact]
    public void A_calibration_is_kept_in_the_models_file()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("m.safetensors");
        FixedPointRanges ranges = new() { Inputs = [1.5, 2.25, 1e-3], State = 3.5, Hidden = [0.75] };
        FixedPointCalibration calibration = new(KernelPrecision.Fixed32, ranges);
        Model model = Sample(calibration);
        ModelFile.Save(path, model);
        FixedPointCalibration? loaded = ModelFile.Load(path).Metadata.FixedPoint;

        Assert.NotNull(loaded);
        Assert.Equal(KernelPrecision.Fixed32, loaded.Precision);
        Assert.Equal(calibration.Ranges.Inputs, loaded.Ranges.Inputs);
        Assert.Equal(3.5, loaded.Ranges.State);
        Assert.Equal([0.75], loaded.Ranges.Hidden);
        Assert.Equal(KernelPrecision.Fixed32, loaded.Compile(model.Weights).Precision);
        Assert.Null(ModelFile.Load(Saved(folder, Sample(null))).Metadata.FixedPoint);
    }

    [Theory]
    [InlineData("\"precision\":\"int16\"", "\"precision\":\"int12\"", "one of int16, int32")]
    [InlineData("\"state\":3.5", "\"state\":-3.5", "above zero")]
    [InlineData("\"hidden\":[0.75]", "\"hidden\":[1.75,2]", "1, as the network has")]
    [InlineData("\"state\":3.5", "\"stage\":3.5", "unknown key")]
    public void A_calibration_that_is_not_sound_is_refused(string found, string replacement, string expected)
    {
        using TemporaryFolder folder = new();
        FixedPointRanges ranges = new() { Inputs = [1.5, 2.25, 1.0], State = 3.5, Hidden = [0.75] };
        FixedPointCalibration calibration = new(KernelPrecision.Fixed16, ranges);
        string text = new ModelDocument(Sample(null).Architecture, new ModelMetadata { FixedPoint = calibration }).Write();
        Assert.Contains(found, text);
        JsonPlace root = JsonPlace.Parse(Encoding.UTF8.GetBytes(text.Replace(found, replacement, StringComparison.Ordinal)), "file");
        ModelFormatException error = Assert.Throws<ModelFormatException>(() => ModelDocument.Read(root, strict: true));
        Assert.Contains(expected, error.Message);
    }

    private static Model Sample(FixedPointCalibration? calibration)
    {
        Model model = ModelFileTests.Sample(CfcMode.Default, Activation.Relu, 1, 2, false, TensorType.F32);
        return model with { Metadata = model.Metadata with { FixedPoint = calibration } };
    }

    private static string Saved(TemporaryFolder folder, Model model)
    {
        string path = folder.File("plain.safetensors");
        ModelFile.Save(path, model);
        return path;
    }
}
