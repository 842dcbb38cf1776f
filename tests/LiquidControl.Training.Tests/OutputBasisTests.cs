using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class OutputBasisTests
{
    private const ulong Seed = 52;

    /// <summary>Three targets of two outputs; the first output has a part in two of them.</summary>
    private static readonly OutputBasis Basis = new(
        [new("mass", "kg"), new("friction", "N·m")], [0.5f, 2f], [(0, 0), (1, 0), (1, 1), (2, 1)]);

    [Fact]
    public void The_gradient_is_the_slope_of_the_loss_of_the_targets()
    {
        NetworkParameters network = TestNetworks.Of("cfc");
        SequenceSet data = Data();
        RandomStream random = new(Seed);
        float[] parameters = network.Draw(random);
        Normalisation normalisation = Normalisation.Of(data);
        BatchGradient batch = new(
            data, normalisation, network, TestTraining.Options with { Loss = LossKind.MeanSquaredError, ChunkSteps = 20 },
            TestContext.Current.CancellationToken);
        Run();
        float[] gradient = [.. batch.Gradient];
        for (int i = 0; i < network.Count; i += 3)
        {
            float value = parameters[i];
            parameters[i] = value + 0.01f;
            double above = Run();
            parameters[i] = value - 0.01f;
            double slope = (above - Run()) / 0.02;
            parameters[i] = value;
            Assert.True(Math.Abs(slope - gradient[i]) <= 2e-4 + (2e-3 * Math.Abs(slope)), $"parameter {i}: {gradient[i]:r}, slope {slope:r}");
        }

        double Run()
        {
            batch.Begin([.. Enumerable.Range(0, data.Sequences.Count)], 0);
            batch.Next(parameters);
            return batch.Loss;
        }
    }

    [Fact]
    public void A_network_learns_the_outputs_that_make_the_targets_and_is_described_by_them()
    {
        TrainingResult trained = NetworkTrainer.Train(
            Data(), TestNetworks.Of("cfc"), TestTraining.Options with { Loss = LossKind.MeanSquaredError, Epochs = 150, LearningRate = 0.02 }, null,
            TestContext.Current.CancellationToken);
        Assert.True(trained.EpochLosses[^1] < 0.05 * trained.EpochLosses[0], $"{trained.EpochLosses[0]} to {trained.EpochLosses[^1]}");
        Assert.Equal(["mass", "friction"], trained.Metadata.Outputs.Select(static output => output.Name));
        Assert.Equal([0.5, 2.0], trained.Metadata.Outputs.Select(static output => output.Scale));
    }

    [Fact]
    public void A_sequence_without_its_basis_is_refused()
    {
        SequenceSet data = NewSet();
        var error = Assert.Throws<ArgumentException>(() => data.Add(new TrainingSequence(new float[6], new float[6], [1f, 1f])));
        Assert.Contains("basis has 0 values, expected 2 steps x 4", error.Message);
    }

    [Fact]
    public void The_basis_is_part_of_the_contents_hash()
    {
        SequenceSet one = Data(), other = Data(change: 1e-3f);
        Assert.NotEqual(one.ContentHash(), other.ContentHash());
    }

    private static SequenceSet NewSet() => new(
        [new("x0", "1"), new("x1", "1"), new("x2", "1")], [new("y0", "1"), new("y1", "1"), new("y2", "1")], Basis);

    /// <summary>Targets of a mass and a friction that the features give away.</summary>
    private static SequenceSet Data(float change = 0f)
    {
        RandomStream random = new(Seed);
        SequenceSet data = NewSet();
        for (int i = 0; i < 20; i++)
        {
            int steps = 5 + (i % 4);
            float[] features = new float[3 * steps], targets = new float[3 * steps], basis = new float[4 * steps];
            double mass = random.Uniform(-0.5, 0.5), friction = random.Uniform(-1.0, 1.0);
            for (int k = 0; k < steps; k++)
            {
                features[3 * k] = (float)mass;
                features[(3 * k) + 1] = (float)friction;
                for (int j = 0; j < 4; j++)
                    basis[(4 * k) + j] = (float)random.Uniform(0.2, 1.0) + change;
                targets[3 * k] = (float)(basis[4 * k] * mass);
                targets[(3 * k) + 1] = (float)((basis[(4 * k) + 1] * mass) + (basis[(4 * k) + 2] * friction));
                targets[(3 * k) + 2] = (float)(basis[(4 * k) + 3] * friction);
            }

            data.Add(new TrainingSequence(features, targets, [.. Enumerable.Repeat(1f, steps)], null, basis));
        }

        return data;
    }
}
