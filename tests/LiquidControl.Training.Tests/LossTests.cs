using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class LossTests
{
    private const ulong Seed = 71;
    private static readonly LoopResponse Loop = new(ObserverBandwidth: 4.0, TrackingBandwidth: 1.0, Weight: 10.0, ErrorWeight: 0.1, ChangeWeight: 0.5);
    private static readonly Normalisation Plain = Normalisation.None(TestNetworks.InputSize, TestNetworks.OutputSize);

    [Fact]
    public void The_mean_squared_error_of_a_constant_output_agrees_with_the_hand_computation()
    {
        // Outputs 1 and −2 against 0.5 and −2, then 0 and 0, the second step counting twice: (0.25 + 2 (1 + 4)) / ((1 + 2)·2).
        SequenceSet data = TestTraining.NewSet();
        data.Add(new TrainingSequence(new float[6], [0.5f, -2f, 0f, 0f], [1f, 1f], [1f, 2f]));
        BatchGradient batch = Constant(data, LossKind.MeanSquaredError, out ParameterTensor bias);
        Assert.Equal(10.25 / 6.0, batch.Loss, 1e-6);
        Assert.Equal(((2.0 * 0.5) + (2.0 * 2.0 * 1.0)) / 6.0, batch.Gradient[bias.Offset], 1e-6);
        Assert.Equal(2.0 * 2.0 * -2.0 / 6.0, batch.Gradient[bias.Offset + 1], 1e-6);
    }

    [Fact]
    public void The_cross_entropy_of_a_constant_logit_agrees_with_the_hand_computation()
    {
        // Logits 1 and −2, labels 0 and 1, on the last step alone: −ln(1 − σ(1)) = 1.3132617, −ln σ(−2) = 2.1269280.
        SequenceSet data = TestTraining.NewSet();
        data.Add(TrainingSequence.Labelled(new float[9], [0f, 1f], [1f, 1f, 1f]));
        BatchGradient batch = Constant(data, LossKind.BinaryCrossEntropy, out ParameterTensor bias);
        Assert.Equal((1.3132617 + 2.1269280) / 2.0, batch.Loss, 1e-6);
        Assert.Equal(1.0, batch.Weight);
        Assert.Equal(0.7310586 / 2.0, batch.Gradient[bias.Offset], 1e-6);
        Assert.Equal((0.1192029 - 1.0) / 2.0, batch.Gradient[bias.Offset + 1], 1e-6);
    }

    [Fact]
    public void No_logit_overflows_the_cross_entropy()
    {
        BinaryCrossEntropy loss = new([1f]);
        Assert.Equal(0f, loss.Value(1e30f, 1f, out float slope));
        Assert.Equal(0f, slope);
        Assert.Equal(1e30f, loss.Value(-1e30f, 1f, out slope));
        Assert.Equal(-1f, slope);
    }

    [Theory]
    [InlineData(LossKind.Huber)]
    [InlineData(LossKind.MeanSquaredError)]
    [InlineData(LossKind.BinaryCrossEntropy)]
    [InlineData(LossKind.ClosedLoop)]
    public void The_gradient_of_every_loss_is_its_slope_on_the_last_real_step(LossKind kind)
    {
        NetworkParameters network = TestNetworks.Of("cfc");
        SequenceSet data = TestTraining.NewSet();
        RandomStream random = new(Seed);
        for (int i = 0; i < 20; i++)
        {
            TrainingSequence sequence = TestTraining.Sequence(random, 2 + (i % 7));
            data.Add(TrainingSequence.Labelled(sequence.Features, [i % 2, 1f], sequence.Timespans));
        }

        float[] parameters = network.Draw(random);
        int[] all = [.. Enumerable.Range(0, 20)];
        BatchGradient batch = New(data, network, TestTraining.Options with { Loss = kind, Loop = Loop, ChunkSteps = 8 });
        Assert.Equal(20.0, Run());
        float[] gradient = [.. batch.Gradient];
        for (int i = 0; i < network.Count; i += 3)
        {
            float value = parameters[i];
            parameters[i] = value + 0.01f;
            Run();
            double above = batch.Loss;
            parameters[i] = value - 0.01f;
            Run();
            double slope = (above - batch.Loss) / 0.02;
            parameters[i] = value;
            bool agrees = Math.Abs(slope - gradient[i]) <= 2e-4 + (2e-3 * Math.Abs(slope));
            Assert.True(agrees, $"seed {Seed}: parameter {i}: gradient {gradient[i]:r}, slope {slope:r}");
        }

        double Run()
        {
            batch.Begin(all, 0);
            batch.Next(parameters);
            return batch.Weight;
        }
    }

    /// <summary>All parameters zero but the projection's bias: the outputs are 1 and −2.</summary>
    private static BatchGradient Constant(SequenceSet data, LossKind kind, out ParameterTensor bias)
    {
        NetworkParameters network = TestNetworks.Of("cfc");
        bias = network["fc.bias"];
        float[] parameters = new float[network.Count];
        parameters[bias.Offset] = 1f;
        parameters[bias.Offset + 1] = -2f;
        BatchGradient batch = New(data, network, TestTraining.Options with { Loss = kind, Loop = Loop });
        batch.Begin([0], 0);
        Assert.True(batch.Next(parameters));
        return batch;
    }

    private static BatchGradient New(SequenceSet data, NetworkParameters network, TrainingOptions options) =>
        new(data, Plain, network, options, TestContext.Current.CancellationToken);
}
