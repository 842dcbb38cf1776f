using LiquidControl.Control;
using LiquidControl.Control.Tests;
using LiquidControl.Simulation;
using LiquidControl.Training.Arm;
using LiquidControl.Training.Prediction;
using Xunit;

namespace LiquidControl.Training.Tests.Prediction;

public class PredictorTrainingTests
{
    private static readonly ArmUnderTest Test = new(TestArm.Create(), new ControllerSettings(), () => new IdealTorqueHardware(3));

    [Fact]
    public void A_short_training_tells_the_state_nearer_than_its_rivals_do_where_the_arm_bends_away()
    {
        var trained = PredictorTraining.Run(Test, Short(threads: 2), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(TrainingOutcome.Completed, trained.Outcome);
        ulong[] seeds = ArmEvaluation.EpisodeSeeds(900, 6);

        PredictionRow[] rows = PredictionEvaluation.Run(
            Test, trained.Model, "test", Scenario.Perturbed, seeds, cancellation: TestContext.Current.CancellationToken);

        foreach (double horizon in PredictionEvaluation.Horizons)
        {
            double cfc = Rms(Forecast.Network, horizon);
            if (horizon >= 0.05) Assert.InRange(cfc, 0.0, 0.5 * Rms("constant velocity", horizon));
            if (horizon is 0.1 or 0.2) Assert.InRange(cfc, 0.0, 0.95 * Rms("plan", horizon));
        }

        double Rms(string forecast, double horizon) => rows.Single(row => row.Forecast == forecast && row.Horizon == horizon).PositionRmsMrad;
    }

    [Fact]
    public void The_same_seed_gives_the_same_predictor_whatever_the_threads_and_another_seed_another()
    {
        var one = PredictorTraining.Run(Test, Tiny(seed: 1, threads: 1), cancellation: TestContext.Current.CancellationToken);
        var two = PredictorTraining.Run(Test, Tiny(seed: 1, threads: 2), cancellation: TestContext.Current.CancellationToken);
        var other = PredictorTraining.Run(Test, Tiny(seed: 2, threads: 1), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(one.Parameters, two.Parameters);
        Assert.Equal(one.Metadata.Features, two.Metadata.Features);
        Assert.NotEqual(one.Parameters, other.Parameters);
    }

    [Fact]
    public void A_query_allocates_nothing_and_only_an_integration_takes_longer_the_further_it_looks()
    {
        var trained = PredictorTraining.Run(Test, Tiny(seed: 1, threads: 1), cancellation: TestContext.Current.CancellationToken);

        PredictionTime[] times = PredictionTiming.Run(Test, trained.Model, "test", seed: 3, TestContext.Current.CancellationToken);

        Assert.All(times, time => Assert.Equal(0.0, time.BytesPerQuery));
        Assert.All(times, time => Assert.InRange(time.NsMedian, 1.0, time.NsWorst));
        foreach (var way in times.Where(time => time.Horizon is not null).GroupBy(time => time.Way))
            Assert.Equal(way.OrderBy(time => time.NsMedian), way);
        Assert.InRange(times[0].TimesCfc, 1.0, 1.0);
    }

    private static PredictorRecipe Short(int threads) => new PredictorRecipe { Episodes = 256, Units = 24, BackboneUnits = 24 } with
    {
        Options = new PredictorRecipe().Options with { Epochs = 6, BatchSize = 64, Threads = threads },
    };

    private static PredictorRecipe Tiny(ulong seed, int threads) => new PredictorRecipe { Seed = seed, Episodes = 4, Units = 8, BackboneUnits = 8 } with
    {
        Options = new PredictorRecipe().Options with { Epochs = 1, Threads = threads },
    };
}
