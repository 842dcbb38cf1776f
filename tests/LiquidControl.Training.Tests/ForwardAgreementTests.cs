using LiquidControl.Neural;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Training.Tests;

/// <summary>The training's forward pass against the plain network that runs the policy.</summary>
public sealed class ForwardAgreementTests
{
    private const ulong Seed = 31;
    private const int Steps = 60;
    private const int LaneCount = NetworkTape<float>.LaneCount;

    public static TheoryData<CfcMode, Activation, int, int> Configurations => FiniteDifferenceTests.Configurations;

    [Theory]
    [MemberData(nameof(Configurations))]
    public void The_tape_and_the_network_agree_in_every_lane(CfcMode mode, Activation activation, int backboneLayers, int projection)
    {
        NetworkParameters network = new(new CfcArchitecture
        {
            InputSize = 7,
            Units = 9,
            Mode = mode,
            Activation = activation,
            BackboneLayers = backboneLayers,
            BackboneUnits = 12,
            ProjectionSize = projection == 0 ? null : projection,
        });
        AssertAgree(network);
    }

    [Theory]
    [MemberData(nameof(TestNetworks.LiquidNames), MemberType = typeof(TestNetworks))]
    public void The_tape_and_the_network_agree_for_every_kind(string name) => AssertAgree(TestNetworks.Of(name));

    private static void AssertAgree(NetworkParameters parameters)
    {
        RandomStream random = new(Seed);
        float[] values = parameters.Draw(random);
        NetworkTape<float> tape = new(parameters, Steps);
        for (int step = 0; step < Steps; step++)
        {
            foreach (ref float x in tape.Input(step))
                x = (float)random.Uniform(-3.0, 3.0);
            foreach (ref float dt in tape.Timespans(step))
                dt = (float)random.Uniform(0.01, 2.0);
        }

        tape.Forward(values, Steps);

        Network<float> network = Network<float>.Create(parameters.Restore(values));
        float[] input = new float[network.InputSize];
        float[] output = new float[network.OutputSize];
        float[] scratch = new float[network.ScratchLength];
        for (int lane = 0; lane < LaneCount; lane++)
        {
            float[] state = new float[network.StateSize];
            for (int step = 0; step < Steps; step++)
            {
                for (int i = 0; i < input.Length; i++)
                    input[i] = tape.Input(step)[(i * LaneCount) + lane];
                Assert.Equal(StepResult.Ok, network.Step(input, tape.Timespans(step)[lane], state, output, scratch));
                for (int i = 0; i < output.Length; i++)
                    Assert.Equal(output[i], tape.Output(step)[(i * LaneCount) + lane], 1e-5f);
            }
        }
    }

    [Fact]
    public void Flat_parameters_and_weights_turn_into_each_other()
    {
        NetworkParameters layout = new(new CfcArchitecture { InputSize = 3, Units = 4, Mode = CfcMode.Pure, BackboneUnits = 5, ProjectionSize = 2 });
        float[] parameters = layout.Draw(new RandomStream(Seed));
        NetworkWeights weights = layout.Restore(parameters);
        Assert.Equal(weights.Parameters.Length, layout.Count);
        Assert.Equal(weights.Tensors.Select(static t => t.Key).Order(), layout.Tensors.Select(static t => t.Key).Order());
        Assert.Equal(parameters, layout.Flatten(weights));
    }

    [Fact]
    public void Initial_values_fill_the_library_s_ranges()
    {
        NetworkParameters layout = new(new CfcArchitecture { InputSize = 30, Units = 40, Mode = CfcMode.Pure, BackboneUnits = 50, ProjectionSize = 20 });
        float[] parameters = layout.Draw(new RandomStream(Seed));
        AssertFills("rnn_cell.backbone.0.weight", Math.Sqrt(6.0 / (70 + 50)));
        AssertFills("rnn_cell.backbone.0.bias", 1.0 / Math.Sqrt(70));
        AssertFills("rnn_cell.ff1.weight", Math.Sqrt(6.0 / (50 + 40)));
        AssertFills("rnn_cell.ff1.bias", 1.0 / Math.Sqrt(50));
        AssertFills("rnn_cell.w_tau", Math.Sqrt(6.0 / 41));
        AssertFills("rnn_cell.A", Math.Sqrt(6.0 / 41));
        AssertFills("fc.weight", 1.0 / Math.Sqrt(40));
        AssertFills("fc.bias", 1.0 / Math.Sqrt(40));

        void AssertFills(string key, double bound)
        {
            ParameterTensor tensor = layout.Tensors.Single(t => t.Key == key);
            float largest = parameters.AsSpan(tensor.Offset, tensor.Count).ToArray().Max(Math.Abs);
            Assert.InRange(largest, 0.8 * bound, bound * (1.0 + 1e-6));
        }
    }
}
