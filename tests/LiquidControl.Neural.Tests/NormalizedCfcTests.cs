using Xunit;

namespace LiquidControl.Neural.Tests;

public class NormalizedCfcTests
{
    [Fact]
    public void Features_timespan_and_outputs_are_scaled_as_the_metadata_say()
    {
        Model model = ModelFileTests.Sample(CfcMode.Default, Activation.LecunTanh, 1, 2, false, TensorType.F32);
        NormalizedCfc<double> normalized = new(model);
        Cfc<double> plain = Cfc<double>.Create(model.Weights);
        double[] state = new double[plain.StateSize];
        double[] expected = new double[2];
        double[] outputs = new double[2];
        for (int step = 1; step <= 5; step++)
        {
            double[] features = [0.2 * step, 1e10, -step];
            double[] input = [(features[0] - 0.1) / 0.3, (1e10 + 1e-300) / 1e10, -step];
            plain.Step(input, 0.004 / 0.005, state, expected, new double[plain.ScratchLength]);
            Assert.Equal(CfcStepResult.Ok, normalized.Step(features, 0.004, outputs));
            Assert.Equal([expected[0], 2 * expected[1]], outputs);
            Assert.Equal(state, normalized.State.ToArray());
        }

        normalized.Reset();
        Assert.Equal(new double[5], normalized.State.ToArray());
    }

    [Fact]
    public void Bad_numbers_and_lengths_are_named_and_change_nothing()
    {
        NormalizedCfc<float> network = new(ModelFileTests.Sample(CfcMode.NoGate, Activation.Relu, 1, 2, false, TensorType.F32));
        double[] outputs = [1, 2];
        Assert.Equal(CfcStepResult.InputLengthWrong, network.Step([1, 2], 0.01, outputs));
        Assert.Equal(CfcStepResult.OutputLengthWrong, network.Step([1, 2, 3], 0.01, new double[3]));
        Assert.Equal(CfcStepResult.InputNotFinite, network.Step([1, double.NaN, 3], 0.01, outputs));
        Assert.Equal(CfcStepResult.InputNotFinite, network.Step([1e300, 2, 3], 0.01, outputs));
        Assert.Equal(CfcStepResult.TimespanNegative, network.Step([1, 2, 3], -0.01, outputs));
        Assert.Equal(CfcStepResult.TimespanNotFinite, network.Step([1, 2, 3], double.NaN, outputs));
        Assert.Equal([1, 2], outputs);
        Assert.Equal(new float[5], network.State.ToArray());
    }
}
