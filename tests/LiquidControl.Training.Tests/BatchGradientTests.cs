using LiquidControl.Neural;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class BatchGradientTests
{
    private const ulong Seed = 4242;
    private static readonly Normalisation Plain = new([0f, 0f], [1f, 1f], [1f, 1f]);
    private static readonly Signal[] Features = [new("a", "1"), new("b", "1")];
    private static readonly Signal[] Targets = [new("y", "1"), new("z", "1")];
    private static readonly NetworkParameters Layout = new(new CfcArchitecture { InputSize = 2, Units = 4, BackboneUnits = 5, ProjectionSize = 2 });

    [Fact]
    public void The_loss_of_a_constant_output_agrees_with_the_hand_computation()
    {
        // All parameters zero but the projection's bias: the outputs are 1 and −2.
        float[] parameters = new float[Layout.Count];
        ParameterTensor bias = Layout.Tensors[^1];
        parameters[bias.Offset] = 1f;
        parameters[bias.Offset + 1] = -2f;
        SequenceSet data = new(Features, Targets);
        data.Add(new TrainingSequence(new float[6], [0.75f, -2f, 0f, 0f, 9f, 9f], [1f, 1f, 1f], [1f, 2f, 0f]));
        BatchGradient batch = New(data, new TrainingOptions { OutputWeights = [1f, 3f], Threads = 1 });
        batch.Begin([0], 0);
        Assert.True(batch.Next(parameters));

        // β = 0.5. Step 0: 0.25 → 0.0625; 0 → 0. Step 1: 1 → 0.75; −2 → 1.75. Sum 1·0.0625 + 2·(0.75 + 3·1.75) over (1 + 2)(1 + 3).
        Assert.Equal((0.0625 + (2.0 * (0.75 + 5.25))) / 12.0, batch.Loss, 1e-7);
        Assert.Equal(3.0, batch.Weight);
        // Slopes: 0.25 / 0.5 and 0; 2·1 and 2·3·(−1).
        Assert.Equal((0.5 + 2.0) / 12.0, batch.Gradient[bias.Offset], 1e-7);
        Assert.Equal(-6.0 / 12.0, batch.Gradient[bias.Offset + 1], 1e-7);
        Assert.False(batch.Next(parameters));
    }

    [Fact]
    public void Steps_of_weight_zero_change_no_bit()
    {
        float[] parameters = Layout.Draw(new RandomStream(Seed));
        SequenceSet bare = new(Features, Targets);
        SequenceSet padded = new(Features, Targets);
        foreach (int steps in (ReadOnlySpan<int>)[9, 14, 5])
        {
            TrainingSequence sequence = Sequence(steps, (ulong)steps);
            bare.Add(sequence);
            padded.Add(new TrainingSequence(
                [.. sequence.Features, .. Sequence(6, 1).Features],
                [.. sequence.Targets, 1e6f, 1e6f, .. new float[10]],
                [.. sequence.Timespans, 1f, 1f, 1f, 1f, 1f, 1f],
                [.. Enumerable.Repeat(1f, steps), .. new float[6]]));
        }

        BatchGradient without = New(bare, new TrainingOptions { Threads = 1, ChatterPenalty = 0.1f });
        BatchGradient with = New(padded, new TrainingOptions { Threads = 1, ChatterPenalty = 0.1f });
        without.Begin([0, 1, 2], 0);
        with.Begin([0, 1, 2], 0);
        without.Next(parameters);
        with.Next(parameters);
        Assert.Equal(without.Loss, with.Loss);
        Assert.Equal(without.Gradient, with.Gradient);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(2f)]
    public void The_gradient_is_the_slope_of_the_loss(float chatterPenalty)
    {
        float[] parameters = Layout.Draw(new RandomStream(Seed));
        SequenceSet data = new(Features, Targets);
        for (ulong i = 0; i < 20; i++)
            data.Add(Sequence(11, i));
        int[] all = [.. Enumerable.Range(0, 20)];
        BatchGradient batch = New(data, new TrainingOptions { Threads = 1, ChatterPenalty = chatterPenalty, OutputWeights = [1f, 0.5f] });
        batch.Begin(all, 0);
        batch.Next(parameters);
        float[] gradient = [.. batch.Gradient];
        for (int i = 0; i < Layout.Count; i += 2)
        {
            float value = parameters[i];
            parameters[i] = value + 0.01f;
            batch.Begin(all, 0);
            batch.Next(parameters);
            double above = batch.Loss;
            parameters[i] = value - 0.01f;
            batch.Begin(all, 0);
            batch.Next(parameters);
            double slope = (above - batch.Loss) / 0.02;
            parameters[i] = value;
            Assert.True(Math.Abs(slope - gradient[i]) <= 2e-4 + (2e-3 * Math.Abs(slope)), $"seed {Seed}: parameter {i}: gradient {gradient[i]:r}, slope {slope:r}");
        }
    }

    [Fact]
    public void A_steady_error_pays_no_chatter_penalty_and_a_jumping_one_does()
    {
        // All parameters zero: the network says zero, so the error is minus the target.
        var parameters = new float[Layout.Count];
        SequenceSet steady = new(Features, Targets), jumping = new(Features, Targets);
        steady.Add(new TrainingSequence(new float[24], [.. Enumerable.Repeat(0.7f, 24)], new float[12]));
        jumping.Add(new TrainingSequence(new float[24], [.. Enumerable.Range(0, 24).Select(i => i / 2 % 2 == 0 ? 0.7f : -0.7f)], new float[12]));
        Assert.Equal(0.0, Chatter(steady, parameters, 12), 1e-9);

        // Eleven changes of 1.4 in both outputs, as a mean over twelve steps and two outputs, times the twelve steps' weight.
        Assert.Equal(11 * 1.4 * 1.4, Chatter(jumping, parameters, 12), 1e-4);
    }

    /// <summary>The penalty's share of the loss over a whole sequence.</summary>
    private static double Chatter(SequenceSet data, float[] parameters, int chunk)
    {
        double sum = 0.0;
        foreach (float penalty in (ReadOnlySpan<float>)[1f, 0f])
        {
            BatchGradient batch = New(data, new TrainingOptions { Threads = 1, ChunkSteps = chunk, ChatterPenalty = penalty });
            batch.Begin([0], 0);
            while (batch.Next(parameters))
                sum += batch.Loss * batch.Weight * (penalty > 0f ? 1.0 : -1.0);
        }

        return sum;
    }

    private static BatchGradient New(SequenceSet data, TrainingOptions options) =>
        new(data, Plain, Layout, options with { TimespanUnit = 1.0 }, TestContext.Current.CancellationToken);

    private static TrainingSequence Sequence(int steps, ulong key)
    {
        RandomStream random = new RandomStream(Seed).Fork(key);
        return new TrainingSequence(Draw(2 * steps, -1.0), Draw(2 * steps, -1.0), Draw(steps, 0.0));

        float[] Draw(int count, double low) => [.. Enumerable.Range(0, count).Select(_ => (float)random.Uniform(low, 1.0))];
    }
}
