using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;
using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Control.Tests;

public class LiquidPolicyTests
{
    private readonly ArmDescription _arm = TestArm.Create();

    [Theory]
    [InlineData("another name", "robot/policy.safetensors: features, place 3: found 'speed', expected 'position_3'.")]
    [InlineData("one too few", "robot/policy.safetensors: features, place 37: found no more, expected 'duration'.")]
    [InlineData("another role", "robot/policy.safetensors: outputs, place 1: found 'torque_1', expected 'residual_1'.")]
    [InlineData("another arm", "robot/policy.safetensors: outputs, place 3: found no more, expected 'residual_3'.")]
    public void A_model_of_other_features_or_outputs_is_refused_by_file_place_found_and_expected(string wrong, string message)
    {
        Model model = TestPolicy.Model(_arm, wrong == "another role" ? PolicyRole.EndToEnd : PolicyRole.Residual);
        ModelMetadata data = model.Metadata;
        data = wrong switch
        {
            "another name" => data with { Features = data.Features.SetItem(2, data.Features[2] with { Name = "speed" }) },
            "one too few" => data with { Features = data.Features.RemoveAt(data.Features.Length - 1) },
            "another arm" => data with { Outputs = data.Outputs.RemoveAt(2) },
            _ => data,
        };
        var error = Assert.Throws<ModelFormatException>(
            () => LiquidPolicy.Create(model with { Metadata = data }, _arm, new ControllerSettings(), PolicyRole.Residual, "robot/policy.safetensors"));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("train arm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feature_far_outside_what_training_saw_is_clipped()
    {
        Model model = TestPolicy.Model(_arm, PolicyRole.Residual, weights =>
        {
            weights[CfcKeys.Head1 + CfcKeys.Weight][0] = 0.1;
            weights[CfcKeys.Projection + CfcKeys.Weight].Fill(1.0);
        });
        Assert.Equal(OutputAt(LiquidPolicy.FeatureClip), OutputAt(1e6));
        Assert.NotEqual(OutputAt(LiquidPolicy.FeatureClip), OutputAt(0.9 * LiquidPolicy.FeatureClip));
        Assert.Equal(-OutputAt(LiquidPolicy.FeatureClip), OutputAt(-1e6));

        double OutputAt(double position)
        {
            var state = new RobotState(3) { Interval = 0.002 };
            state.Position[0] = position;
            double[] output = new double[3];
            LiquidPolicy policy = LiquidPolicy.Create(model, _arm, new ControllerSettings(), PolicyRole.Residual, "test");
            Assert.True(policy.Evaluate(state, new ReferenceGenerator(_arm.Limits), new JointCommand(3), output));
            return output[0];
        }
    }

    [Fact]
    public void A_reset_makes_it_say_the_same_again()
    {
        LiquidPolicy policy = TestPolicy.Chattering(_arm, 1.0);
        double[] first = Say();
        Assert.NotEqual(first, Say());
        policy.Reset();
        Assert.Equal(first, Say());

        double[] Say()
        {
            double[] output = new double[3];
            policy.Evaluate(new RobotState(3) { Interval = 0.002 }, new ReferenceGenerator(_arm.Limits), new JointCommand(3), output);
            return output;
        }
    }

    [Fact]
    public void A_network_that_solves_its_equation_waits_for_time_to_pass_in_the_first_cycle()
    {
        Model dense = TestPolicy.Model(_arm, PolicyRole.Residual);
        LtcArchitecture ltc = new() { InputSize = dense.Architecture.InputSize, Wiring = new FullyConnectedRecipe(6) { OutputDim = 3 } };
        Model model = dense with { Weights = LtcInitialisation.Draw(ltc, new RandomStream(1)) };
        LiquidPolicy policy = LiquidPolicy.Create(model, _arm, new ControllerSettings(), PolicyRole.Residual, "test");
        double[] output = [7, 7, 7];

        Assert.True(Evaluate(0.0));
        Assert.Equal([0, 0, 0], output);
        Assert.True(Evaluate(0.002));
        Assert.All(output, torque => Assert.NotEqual(0.0, torque));

        bool Evaluate(double interval) =>
            policy.Evaluate(new RobotState(3) { Interval = interval }, new ReferenceGenerator(_arm.Limits), new JointCommand(3), output);
    }

    [Theory]
    [InlineData(KernelPrecision.Binary32, 2e-6)]
    [InlineData(KernelPrecision.Fixed32, 2e-6)]
    [InlineData(KernelPrecision.Fixed16, 1e-3)]
    public void It_computes_in_the_numbers_that_were_chosen(KernelPrecision precision, double bound)
    {
        Model model = TestPolicy.Model(_arm, PolicyRole.Residual);
        RandomStream random = new(5);
        foreach (TensorSpec tensor in model.Weights.Tensors)
        {
            foreach (ref double weight in model.Weights[tensor.Key]) weight = random.Uniform(-0.4, 0.4);
        }

        LiquidPolicy policy = LiquidPolicy.Create(model, _arm, new ControllerSettings(), PolicyRole.Residual, "test", precision);
        SampledNetwork<double> network = new(Network<double>.Create(model.Weights));
        var state = new RobotState(3) { Interval = 0.002 };
        double[] output = new double[3];
        for (int cycle = 0; cycle < 50; cycle++)
        {
            state.Position[0] = random.Uniform(-1.0, 1.0);
            Assert.True(policy.Evaluate(state, new ReferenceGenerator(_arm.Limits), new JointCommand(3), output));
            double[] input = [.. policy.LastFeatures.ToArray().Select(x => Math.Clamp(x, -LiquidPolicy.FeatureClip, LiquidPolicy.FeatureClip))];
            Assert.Equal(StepResult.Ok, network.Step(input, 0.002 / model.Metadata.TimespanScale));
            for (int i = 0; i < output.Length; i++) Assert.Equal(network.Output[i], output[i], bound);
        }
    }

    [Fact]
    public void A_network_that_has_no_integer_form_is_refused()
    {
        Model dense = TestPolicy.Model(_arm, PolicyRole.Residual);
        LtcArchitecture ltc = new() { InputSize = dense.Architecture.InputSize, Wiring = new FullyConnectedRecipe(6) { OutputDim = 3 } };
        Model model = dense with { Weights = LtcInitialisation.Draw(ltc, new RandomStream(1)) };
        Assert.Throws<ModelFormatException>(() => LiquidPolicy.Create(model, _arm, new ControllerSettings(), PolicyRole.Residual, "test", KernelPrecision.Fixed16));
    }
}
