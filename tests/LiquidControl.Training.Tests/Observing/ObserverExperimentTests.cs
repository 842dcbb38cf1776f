using LiquidControl.Training.Observing;
using Xunit;

namespace LiquidControl.Training.Tests.Observing;

public sealed class ObserverExperimentTests
{
    private static readonly ObserverOptions Short = new() { TrainingMoves = 32, TestMoves = 8, TrainingSeeds = 1, Epochs = 40, Threads = 2 };

    private static readonly JointMotion[] Motions = TestMotions.Draw(3, Short.Moves);

    [Fact]
    public void A_network_that_is_told_the_time_learns_and_one_that_is_not_learns_less()
    {
        ObserverExperiment experiment = new(TestMotions.Sensors, Motions, Short);
        ObserverError timed = Run(experiment, ObserverNetwork.TimedCfc).Errors[0], blind = Run(experiment, ObserverNetwork.BlindCfc).Errors[0];

        Assert.InRange(timed.Velocity.Mean / experiment.VelocityScale, 0.0, 0.4);
        Assert.InRange(timed.Position.Mean / experiment.DisplacementScale, 0.0, 0.7);
        Assert.True(timed.Position.Mean < blind.Position.Mean, $"{timed.Position.Mean} mrad, without time {blind.Position.Mean}");
        Assert.Null(timed.Velocity.Spread);
    }

    [Fact]
    public void The_Kalman_filter_is_tuned_to_what_the_sensors_allow()
    {
        ObserverRow row = new ObserverExperiment(TestMotions.Sensors, Motions, Short).RunKalmanFilter();

        Assert.Equal(SamplingRegime.All.Select(static regime => regime.Name), row.Errors.Select(static error => error.Regime));
        Assert.InRange(row.Errors[0].Velocity.Mean, 0.5, 12.0);
        Assert.InRange(row.Errors[0].Position.Mean, 0.02, 0.5);
        Assert.All(row.Errors, static error => Assert.Equal(0.0, error.Velocity.Spread));
    }

    [Fact]
    public void No_figure_depends_on_the_number_of_threads()
    {
        ObserverOptions few = Short with { TrainingMoves = 24, Epochs = 2, TrainingSeeds = 2, Threads = 1 };
        JointMotion[] motions = Motions[..few.Moves];
        ObserverExperiment one = new(TestMotions.Sensors, motions, few), three = new(TestMotions.Sensors, motions, few with { Threads = 3 });

        Assert.Equal(one.RunKalmanFilter().Errors, three.RunKalmanFilter().Errors);
        ObserverRow alone = Run(one, ObserverNetwork.FedGru);
        Assert.Equal(alone.Errors, Run(three, ObserverNetwork.FedGru).Errors);
        Assert.All(alone.Errors, static error => Assert.True(error.Velocity.Spread > 0.0));
    }

    [Fact]
    public void The_current_of_a_motion_gives_its_inertia_and_friction_back()
    {
        SampleStream[] streams =
        [
            .. Motions.Select(static (motion, i) => new AsynchronousSampler(TestMotions.Sensors, SamplingRegime.Irregular).Sample(motion, (ulong)i)),
        ];
        CurrentModel found = CurrentModel.Fit(Motions, streams);

        Assert.Equal(TestMotions.Current.PerAcceleration, found.PerAcceleration, 0.01);
        Assert.Equal(TestMotions.Current.PerVelocity, found.PerVelocity, 0.01);
        Assert.Equal(TestMotions.Current.Coulomb, found.Coulomb, 0.01);
        Assert.InRange(Math.Sqrt(found.Variance), 0.015, 0.03);
    }

    [Fact]
    public void A_difference_within_the_spreads_is_none()
    {
        ObserverRow one = Row("one", new MeanSpread(1.0, 0.2), new MeanSpread(1.0, 0.2), new MeanSpread(1.0, 0.2));
        ObserverRow other = Row("other", new MeanSpread(1.5, 0.2), new MeanSpread(1.3, 0.2), new MeanSpread(0.5, 0.1));

        ObserverVerdict verdict = ObserverVerdict.Of(one, other)[0];
        Assert.Equal(("other", "velocity", 1, 1, 3), (verdict.Against, verdict.Quantity, verdict.Better, verdict.Worse, verdict.Regimes));
        Assert.Equal((1.0 / 1.5, 2.0), (verdict.SmallestRatio, verdict.LargestRatio));
        ObserverRow single = Row("single", new MeanSpread(9.0, null), new MeanSpread(9.0, null), new MeanSpread(9.0, null));
        Assert.Equal(0, ObserverVerdict.Of(one, single)[0].Better);
        Assert.Equal(new MeanSpread(2.0, 1.0), MeanSpread.Of([1.0, 2.0, 3.0]));

        static ObserverRow Row(string name, params MeanSpread[] values) =>
            new(name, 1, 0.0, [.. values.Select(static value => new ObserverError("regime", value, value))]);
    }

    private static ObserverRow Run(ObserverExperiment experiment, string name) => experiment.Run(
        ObserverNetwork.All.Single(network => network.Name == name), null, TestContext.Current.CancellationToken);
}
