using LiquidControl.Neural;
using Xunit;

namespace LiquidControl.Control.Tests;

public class JointStatePredictorTests
{
    private readonly ArmDescription _arm = TestArm.Create();
    private readonly ControllerSettings _settings = new();

    [Theory]
    [InlineData("another name", "features, place 2: found 'speed', expected 'tracking_error_2'.")]
    [InlineData("one too many", "outputs, place 7: found 'more', expected no more.")]
    [InlineData("another arm", "features, place 3: found 'velocity_error_1', expected 'tracking_error_3'.")]
    public void A_model_of_other_features_or_outputs_is_refused_by_file_place_found_and_expected(string wrong, string message)
    {
        Model model = TestModel(wrong == "another arm" ? 2 : 3);
        ModelMetadata data = model.Metadata;
        data = wrong switch
        {
            "another name" => data with { Features = data.Features.SetItem(1, data.Features[1] with { Name = "speed" }) },
            "one too many" => data with { Outputs = data.Outputs.Add(new ModelOutput("more", "1", 1.0)) },
            _ => data,
        };

        var error = Assert.Throws<ModelFormatException>(
            () => JointStatePredictor.Create(model with { Metadata = data }, _arm.JointCount, _settings, "robot/predictor.safetensors"));

        Assert.StartsWith("robot/predictor.safetensors: " + message, error.Message, StringComparison.Ordinal);
        Assert.Contains("train predict", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_says_nothing_leaves_the_laws_own_forecast_which_ends_on_the_plan()
    {
        var predictor = JointStatePredictor.Create(TestModel(3), 3, _settings, "test");
        var (estimate, reference) = UnderWay();
        double[] position = new double[3], velocity = new double[3];
        var then = new JointReference(3);

        Assert.True(predictor.Predict(estimate, reference, 0.0, position, velocity));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(estimate.Position[i], position[i], 1e-14);
            Assert.Equal(estimate.Velocity[i], velocity[i], 1e-14);
        }

        Assert.True(predictor.Predict(estimate, reference, 0.9, position, velocity));
        reference.Ahead(0.9, then);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(then.Position[i], position[i], 1e-9);
            Assert.Equal(then.Velocity[i], velocity[i], 1e-8);
        }
    }

    [Fact]
    public void What_the_network_says_is_added_scaled_and_grows_with_the_horizon()
    {
        Model model = TestModel(3, weights => weights[CfcKeys.Projection + CfcKeys.Bias].Fill(2.0));
        var spoken = JointStatePredictor.Create(model, 3, _settings, "test");
        var silent = JointStatePredictor.Create(TestModel(3), 3, _settings, "test");
        var (estimate, reference) = UnderWay();
        double[] with = new double[3], rate = new double[3], without = new double[3], rateWithout = new double[3];

        foreach (double horizon in (double[])[0.0, 0.01, 0.1, 1.0])
        {
            Assert.True(spoken.Predict(estimate, reference, horizon, with, rate));
            Assert.True(silent.Predict(estimate, reference, horizon, without, rateWithout));
            double growth = 1.0 - Math.Exp(-_settings.TrackingBandwidth * horizon);
            Assert.Equal(2.0 * 0.001 * growth, with[1] - without[1], 1e-12);
            Assert.Equal(2.0 * 0.05 * growth, rate[2] - rateWithout[2], 1e-12);
        }
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(1.0001)]
    [InlineData(double.NaN)]
    public void A_horizon_out_of_range_is_refused(double horizon)
    {
        var (estimate, reference) = UnderWay();

        Assert.False(JointStatePredictor.Create(TestModel(3), 3, _settings, "test").Predict(estimate, reference, horizon, new double[3], new double[3]));
    }

    [Fact]
    public void An_estimate_that_is_no_number_is_refused_and_the_next_query_is_as_before()
    {
        var predictor = JointStatePredictor.Create(TestModel(3), 3, _settings, "test");
        var (estimate, reference) = UnderWay();
        double[] before = new double[3], after = new double[3], velocity = new double[3];
        Assert.True(predictor.Predict(estimate, reference, 0.1, before, velocity));
        double sound = estimate.DisturbanceTorque[1];

        estimate.DisturbanceTorque[1] = double.NaN;
        Assert.False(predictor.Predict(estimate, reference, 0.1, after, velocity));
        estimate.DisturbanceTorque[1] = sound;

        Assert.True(predictor.Predict(estimate, reference, 0.1, after, velocity));
        Assert.Equal(before, after);
    }

    [Fact]
    public void The_plan_ahead_is_what_the_reference_comes_to_and_asking_moves_nothing()
    {
        var (_, reference) = UnderWay();
        var ahead = new JointReference(3);
        reference.Ahead(0.1, ahead);
        reference.Ahead(100.0, new JointReference(3));
        for (int k = 0; k < 50; k++) reference.Advance(0.002, 0.0);

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(reference.Now.Position[i], ahead.Position[i], 1e-12);
            Assert.Equal(reference.Now.Velocity[i], ahead.Velocity[i], 1e-12);
            Assert.Equal(reference.Now.Acceleration[i], ahead.Acceleration[i], 1e-9);
        }
    }

    private (RobotState Estimate, ReferenceGenerator Reference) UnderWay()
    {
        var reference = new ReferenceGenerator(_arm.Limits);
        reference.HoldAt([0.2, 0.4, -0.3]);
        reference.MoveTo([1.2, 1.0, 0.9]);
        reference.Advance(0.25, 0.0);
        var estimate = new RobotState(3);
        for (int i = 0; i < 3; i++)
        {
            estimate.Position[i] = reference.Now.Position[i] + 0.002 * (i + 1);
            estimate.Velocity[i] = reference.Now.Velocity[i] - 0.03 * (i + 1);
        }

        return (estimate, reference);
    }

    /// <summary>One neuron; all weights zero but those that are set. A position counts 1 mrad, a velocity 50 mrad/s.</summary>
    private static Model TestModel(int joints, Action<NetworkWeights>? set = null)
    {
        var features = new PredictionFeatures(joints);
        var weights = new NetworkWeights(new CfcArchitecture
        {
            InputSize = features.Count,
            Units = 1,
            BackboneLayers = 0,
            ProjectionSize = 2 * joints,
        });
        set?.Invoke(weights);
        return new Model
        {
            Weights = weights,
            Metadata = new ModelMetadata
            {
                Features = [.. features.Names.Select((name, i) => new ModelFeature(name, features.Units[i], 0.0, 1.0))],
                Outputs = [.. JointStatePredictor.OutputNames(joints).Select((name, i) => new ModelOutput(name, i < joints ? "rad" : "rad/s", i < joints ? 0.001 : 0.05))],
                TimespanScale = 0.1,
            },
        };
    }
}
