using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Training.Tests;

/// <summary>Sequences of different lengths, masked steps and dropout, as they are laid out side by side.</summary>
public sealed class LaneShardTests
{
    private const ulong Seed = 99;
    private static readonly Normalisation Plain = Normalisation.None(TestNetworks.InputSize, TestNetworks.OutputSize);

    [Fact]
    public void A_masked_step_is_as_good_as_none_whatever_stands_there()
    {
        RandomStream random = new(Seed);
        TrainingSequence sequence = TestTraining.Sequence(random, 4), rest = TestTraining.Sequence(random, 2);
        TrainingSequence masked = TrainingSequence.Masked(
            [.. sequence.Features[..3], 9f, 9f, 9f, .. sequence.Features[3..], 7f, 7f, 7f],
            [.. sequence.Targets[..2], 9f, 9f, .. sequence.Targets[2..], 7f, 7f],
            [sequence.Timespans[0], 9f, .. sequence.Timespans[1..], 7f],
            [true, false, true, true, true, false]);
        Assert.Equal(sequence.Features, masked.Features);
        Assert.Equal(sequence.Targets, masked.Targets);
        Assert.Equal(sequence.Timespans, masked.Timespans);
        Assert.Equal(4, masked.Steps);
        Assert.Throws<ArgumentException>(() => TrainingSequence.Masked(rest.Features, rest.Targets, rest.Timespans, [true]));
    }

    [Theory]
    [MemberData(nameof(TestNetworks.Names), MemberType = typeof(TestNetworks))]
    public void A_lane_that_has_ended_keeps_its_state_and_output(string name)
    {
        NetworkParameters network = TestNetworks.Of(name);
        float[] parameters = network.Draw(new RandomStream(Seed));
        NetworkTape<float> tape = new(network, 5), shorter = new(network, 5);
        foreach (NetworkTape<float> each in (NetworkTape<float>[])[tape, shorter])
            for (int step = 0; step < 5; step++)
            {
                RandomStream random = new RandomStream(Seed).Fork((ulong)step);
                foreach (ref float x in each.Input(step))
                    x = (float)random.Uniform(-1.0, 1.0);
                foreach (ref float dt in each.Timespans(step))
                    dt = (float)random.Uniform(0.1, 1.0);
            }

        // What stands beyond the end must not be looked at: an LTC would give not-a-number.
        tape.Lengths[6] = 3;
        for (int i = 0; i < TestNetworks.InputSize; i++)
            tape.Input(4)[(i * NetworkTape<float>.LaneCount) + 6] = float.NaN;
        tape.Timespans(3)[6] = 0f;
        tape.Forward(parameters, 5);
        shorter.Forward(parameters, 3);
        tape.CarryState(5);
        shorter.CarryState(3);
        for (int i = 6; i < tape.State.Length; i += NetworkTape<float>.LaneCount)
            Assert.Equal(shorter.State[i], tape.State[i]);
        for (int i = 6; i < tape.Output(4).Length; i += NetworkTape<float>.LaneCount)
            Assert.Equal(tape.Output(2)[i], tape.Output(4)[i]);
    }

    [Fact]
    public void Sequences_packed_by_length_share_fewer_steps_and_give_the_same_gradient()
    {
        SequenceSet data = TestTraining.NewSet();
        RandomStream random = new(Seed);
        for (int i = 0; i < 48; i++)
            data.Add(TestTraining.Sequence(random, 1 + (i * 7 % 24)));
        NetworkParameters network = TestNetworks.Of("ltc memory to input");
        float[] parameters = network.Draw(random);
        (float[] plain, int plainSteps) = Gradient(packed: false);
        (float[] packed, int packedSteps) = Gradient(packed: true);
        double largest = plain.Max(Math.Abs);
        for (int i = 0; i < plain.Length; i++)
            Assert.Equal(plain[i], packed[i], 1e-5 * largest);
        Assert.InRange(plainSteps, 70, 72);
        Assert.Equal(24 + 16 + 8, packedSteps);

        (float[] Gradient, int Steps) Gradient(bool packed)
        {
            TrainingOptions options = TestTraining.Options with { ChunkSteps = 24, BatchSize = 48, PackByLength = packed };
            BatchGradient batch = new(data, Plain, network, options, TestContext.Current.CancellationToken);
            batch.Begin([.. Enumerable.Range(0, 48)], 0);
            batch.Next(parameters);
            return ([.. batch.Gradient], batch.LaneSteps);
        }
    }

    [Fact]
    public void Dropout_keeps_its_share_scaled_up_and_follows_the_sequence_not_the_lane()
    {
        NetworkParameters network = TestNetworks.Of("cfc with three layers");
        float[] parameters = network.Draw(new RandomStream(Seed));
        SequenceSet data = TestTraining.Data(20);
        TrainingOptions options = TestTraining.Options with { Dropout = 0.3, BatchSize = 16, ChunkSteps = 12 };
        double straight = Loss([0, 1, 2, 3], 5);
        Assert.Equal(straight, Loss([0, 1, 2, 3], 5));
        Assert.Equal(straight, Loss([3, 1, 0, 2], 5), 1e-6);
        Assert.NotEqual(straight, Loss([0, 1, 2, 3], 6), 1e-4);

        double Loss(int[] sequences, int number)
        {
            BatchGradient batch = new(data, Plain, network, options, TestContext.Current.CancellationToken);
            batch.Begin(sequences, number);
            batch.Next(parameters);
            return batch.Loss;
        }
    }

    [Fact]
    public void Inverted_dropout_leaves_the_mean_as_it_is()
    {
        // One input of 1, weights that pass it on, relu: the backbone's units are 1, and ff1 sums a thousand of them.
        const int Units = 1000;
        NetworkParameters network = new(new Neural.CfcArchitecture
        {
            InputSize = 1,
            Units = 1,
            Activation = Neural.Activation.Relu,
            HeadActivation = Neural.HeadActivation.Identity,
            BackboneUnits = Units,
        });
        double[] parameters = new double[network.Count];
        network["rnn_cell.backbone.0.bias"].Of<double>(parameters).Fill(1.0);
        network["rnn_cell.ff1.weight"].Of<double>(parameters).Fill(1.0 / Units);
        network["rnn_cell.time_b.bias"].Of<double>(parameters).Fill(-100.0);
        NetworkTape<double> tape = new(network, 8, dropout: 0.25);
        RandomStream random = new(Seed);
        for (int step = 0; step < 8; step++)
            for (int lane = 0; lane < NetworkTape<double>.LaneCount; lane++)
                tape.DrawDropout(step, lane, random);
        tape.Forward(parameters, 8);
        double[] outputs = [.. Enumerable.Range(0, 8).SelectMany(step => tape.Output(step).ToArray())];
        Assert.InRange(outputs.Average(), 0.995, 1.005);
        Assert.All(outputs, static y => Assert.InRange(y, 0.9, 1.1));
        Assert.All(outputs, static y => Assert.Equal(Math.Round(y * 750.0), y * 750.0, 1e-6));
    }
}
