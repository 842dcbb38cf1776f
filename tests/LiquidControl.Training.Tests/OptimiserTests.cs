using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class OptimiserTests
{
    private const ulong Seed = 8;

    public static TheoryData<OptimiserKind> Kinds => [.. Enum.GetValues<OptimiserKind>()];

    [Fact]
    public void Two_steps_of_RMSprop_agree_with_the_hand_computation()
    {
        // v = 0.1·4 = 0.4, step 0.1·2 / √0.4; then v = 0.9·0.4 + 0.1·1 = 0.46, step −0.1·1 / √0.46.
        float[] parameters = [1f];
        RmsProp rmsProp = new(1);
        rmsProp.Move(parameters, [2f], 0.1);
        Assert.Equal(1.0 - 0.31622777, parameters[0], 1e-6);
        rmsProp.Move(parameters, [-1f], 0.1);
        Assert.Equal(1.0 - 0.31622777 + 0.14744196, parameters[0], 1e-6);
    }

    [Fact]
    public void The_epsilon_of_RMSprop_stands_outside_the_root()
    {
        // √(0.1·1e-16) is 3.16e-9, far below epsilon: the step is g / (3.16e-9 + 1e-7), where inside it would be g / 3.16e-4.
        float[] parameters = [0f];
        new RmsProp(1).Move(parameters, [1e-8f], 1.0);
        Assert.Equal(-1e-8 / (3.1622777e-9 + 1e-7), parameters[0], 1e-6);
    }

    [Fact]
    public void The_square_penalty_adds_its_value_and_twice_the_weights()
    {
        NetworkParameters network = TestNetworks.Of("cfc");
        ParameterTensor tensor = network["rnn_cell.ff1.weight"];
        float[] parameters = network.Draw(new RandomStream(Seed));
        float[] gradient = [.. Enumerable.Repeat(1f, network.Count)];
        double penalty = new WeightDecay([tensor]).AddPenalty(parameters, gradient, 0.25);
        double expected = 0.0;
        for (int i = 0; i < network.Count; i++)
        {
            bool chosen = i >= tensor.Offset && i < tensor.Offset + tensor.Count;
            expected += chosen ? 0.25 * parameters[i] * parameters[i] : 0.0;
            Assert.Equal(chosen ? 1f + (0.5f * parameters[i]) : 1f, gradient[i], 1e-6f);
        }

        Assert.True(expected > 0.1);
        Assert.Equal(expected, penalty, 1e-9);
    }

    [Fact]
    public void Decoupled_decay_takes_a_part_of_the_chosen_weights_alone()
    {
        NetworkParameters network = TestNetworks.Of("gru");
        ParameterTensor tensor = network["rnn.weight_hh_l0"];
        float[] parameters = network.Draw(new RandomStream(Seed));
        float[] before = [.. parameters];
        new WeightDecay([tensor]).Shrink(parameters, learningRate: 0.1, rate: 0.5);
        for (int i = 0; i < network.Count; i++)
        {
            bool chosen = i >= tensor.Offset && i < tensor.Offset + tensor.Count;
            Assert.Equal(chosen ? 0.95f * before[i] : before[i], parameters[i], 1e-6f);
        }
    }

    [Fact]
    public void Each_tensor_is_clipped_by_its_own_norm()
    {
        NetworkParameters network = TestNetworks.Of("cfc");
        float[] gradient = new float[network.Count];
        ParameterTensor large = network["rnn_cell.ff1.weight"], small = network["rnn_cell.ff2.weight"];
        large.Of<float>(gradient).Fill(3f);
        small.Of<float>(gradient).Fill(0.01f);
        GradientClipping.ClipEach(gradient, network.Tensors, 2.0);
        Assert.All(large.Of<float>(gradient).ToArray(), g => Assert.Equal(2.0 / Math.Sqrt(large.Count), g, 1e-6));
        Assert.All(small.Of<float>(gradient).ToArray(), static g => Assert.Equal(0.01f, g));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Synapses_that_do_not_exist_stay_zero_under_every_optimiser(OptimiserKind kind)
    {
        foreach (string name in (string[])["wired", "wired memory to input", "ltc"])
        {
            NetworkParameters network = TestNetworks.Of(name);
            TrainingOptions options = TestTraining.Options with
            {
                Optimiser = kind,
                WeightDecay = 0.1,
                SquarePenalty = 0.01,
                TensorNormLimit = 0.5,
                Decays = static _ => true,
            };
            float[] parameters = NetworkTrainer.TrainParameters(TestTraining.Data(), network, options);
            foreach (ParameterTensor tensor in network.Tensors.Where(static t => t.Mask is not null))
                for (int i = 0; i < tensor.Count; i++)
                    Assert.Equal(tensor.Mask![i], parameters[tensor.Offset + i] != 0f);
        }
    }

    [Fact]
    public void Conductances_of_an_explicit_LTC_do_not_fall_below_zero()
    {
        NetworkParameters network = TestNetworks.Of("ltc explicit, linear maps");
        TrainingOptions options = TestTraining.Options with { Epochs = 6, LearningRate = 0.3, WarmUpBatches = 0 };
        float[] parameters = NetworkTrainer.TrainParameters(TestTraining.Data(), network, options);
        ParameterTensor[] bounded = [.. network.Tensors.Where(static t => t.NotNegative)];
        Assert.Equal(
            ["rnn_cell.cm", "rnn_cell.gleak", "rnn_cell.sensory_w", "rnn_cell.w"], bounded.Select(static t => t.Key).Order());
        float[] values = [.. bounded.SelectMany(tensor => tensor.Of<float>(parameters).ToArray())];
        Assert.All(values, static value => Assert.True(value >= 0f));
        Assert.Contains(
            bounded.Where(static t => t.Mask is null).SelectMany(tensor => tensor.Of<float>(parameters).ToArray()), static v => v == 0f);
    }
}
