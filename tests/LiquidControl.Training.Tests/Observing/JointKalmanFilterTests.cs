using LiquidControl.Numerics;
using LiquidControl.Training.Observing;
using Xunit;

namespace LiquidControl.Training.Tests.Observing;

public sealed class JointKalmanFilterTests
{
    private const ulong Seed = 77;

    /// <summary>Without Coulomb friction the model is linear.</summary>
    private static readonly JointModel Linear = new()
    {
        JerkDensity = 40.0,
        EncoderVariance = 1e-4,
        GyroVariance = 4e-4,
        GyroOffsetVariance = 0.01,
        GyroOffsetWalk = 1e-3,
        Current = new CurrentModel(0.5, 0.2, 0.0, 0.0),
        CurrentVariance = 0.01,
        FirstVelocityVariance = 0.25,
        FirstAccelerationVariance = 4.0,
    };

    [Fact]
    public void The_filter_gives_what_all_samples_together_give_by_Gauss()
    {
        for (ulong seed = Seed; seed < Seed + 5; seed++)
        {
            (SampleEvent[] events, _) = Simulate(new RandomStream(seed), 24);
            JointKalmanFilter filter = new(Linear);
            Run(filter, events);
            (double[] mean, double[] covariance) = BatchEstimate.Of(Linear, events);

            for (int i = 0; i < 4; i++)
                Assert.Equal(mean[i], filter.State[i], 1e-6 * Math.Max(1.0, Math.Abs(mean[i])));
            for (int i = 0; i < 16; i++)
                Assert.Equal(covariance[i], filter.Covariance[i], 1e-8 + (1e-6 * Math.Abs(covariance[i])));
        }
    }

    [Fact]
    public void Errors_are_as_large_as_the_covariance_says()
    {
        const int Runs = 400;
        RandomStream random = new(Seed);
        double sum = 0.0;
        for (int run = 0; run < Runs; run++)
        {
            (SampleEvent[] events, double[] truth) = Simulate(random, 40);
            JointKalmanFilter filter = new(Linear);
            Run(filter, events);
            double[] error = [.. truth.Select((value, i) => value - filter.State[i])];
            double[] solved = DenseMatrix.Solve(filter.Covariance.ToArray(), error);
            sum += error.Zip(solved, static (a, b) => a * b).Sum();
        }

        // χ² of 4 degrees a run: mean 4, variance 8; three standard deviations of the mean.
        Assert.Equal(4.0, sum / Runs, 3.0 * Math.Sqrt(8.0 / Runs));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(8.0)]
    public void Two_halves_of_a_time_are_the_whole(double decay)
    {
        JointModel model = Linear with { AccelerationDecay = decay };
        JointKalmanFilter whole = Moving(model), halves = Moving(model);
        whole.Predict(0.15);
        halves.Predict(0.03);
        halves.Predict(0.0);
        halves.Predict(0.12);

        for (int i = 0; i < 4; i++)
            Assert.Equal(halves.State[i], whole.State[i], 1e-12);
        for (int i = 0; i < 16; i++)
            Assert.Equal(halves.Covariance[i], whole.Covariance[i], 1e-9 * Math.Max(1e-3, Math.Abs(whole.Covariance[i])));
    }

    [Fact]
    public void An_acceleration_that_decays_moves_the_joint_as_its_differential_equation_does()
    {
        JointKalmanFilter filter = Moving(Linear with { AccelerationDecay = 8.0 });
        double q = filter.State[0], v = filter.State[1], a = filter.State[2];
        const int Steps = 200_000;
        for (int k = 0; k < Steps; k++)
        {
            double h = 0.15 / Steps;
            q += h * (v + (0.5 * h * a));
            v += h * a * (1.0 - (4.0 * h));
            a *= 1.0 - (8.0 * h) + (32.0 * h * h);
        }

        filter.Predict(0.15);
        Assert.Equal(q, filter.State[0], 1e-9);
        Assert.Equal(v, filter.State[1], 1e-9);
        Assert.Equal(a, filter.State[2], 1e-9);
    }

    [Fact]
    public void A_query_changes_nothing()
    {
        (SampleEvent[] events, _) = Simulate(new RandomStream(Seed), 12);
        JointKalmanFilter filter = new(Linear), asked = new(Linear);
        Run(filter, events);
        Run(asked, [.. events.Zip(events.Skip(1), static (a, b) => new[] { a, new SampleEvent(0.5 * (a.Time + b.Time), SampleChannel.Query, 0.0) })
            .SelectMany(static pair => pair), events[^1]]);

        for (int i = 0; i < 4; i++)
            Assert.Equal(filter.State[i], asked.State[i], 1e-10);
    }

    private static JointKalmanFilter Moving(JointModel model)
    {
        JointKalmanFilter filter = new(model);
        filter.Begin(0.3);
        filter.Update(new SampleEvent(0.0, SampleChannel.Gyro, 1.0));
        filter.Update(new SampleEvent(0.0, SampleChannel.Current, 2.0));
        return filter;
    }

    private static void Run(JointKalmanFilter filter, SampleEvent[] events)
    {
        filter.Begin(events[0].Value);
        for (int k = 1; k < events.Length; k++)
        {
            filter.Predict(events[k].Time - events[k - 1].Time);
            filter.Update(events[k]);
        }
    }

    /// <summary>A draw of the linear model: its samples at uneven times, and the state at the last.</summary>
    private static (SampleEvent[] Events, double[] Truth) Simulate(RandomStream random, int count)
    {
        double[] state = [0.0, 0.5 * random.Normal(), 2.0 * random.Normal(), 0.1 * random.Normal()];
        List<SampleEvent> events = [new(0.0, SampleChannel.Encoder, 0.01 * random.Normal())];
        double time = 0.0;
        for (int k = 1; k < count; k++)
        {
            double elapsed = random.Uniform(0.01, 0.2);
            time += elapsed;
            double[] noise = DenseMatrix.Times(DenseMatrix.Cholesky(BatchEstimate.ProcessNoise(Linear, elapsed)), [.. Enumerable.Range(0, 4).Select(_ => random.Normal())]);
            double[] moved = DenseMatrix.Times(BatchEstimate.Transition(elapsed), state);
            state = [.. moved.Zip(noise, static (a, b) => a + b)];
            var channel = (SampleChannel)random.NextInt(3);
            (double[] row, double variance) = BatchEstimate.Measurement(Linear, channel);
            events.Add(new SampleEvent(time, channel, row.Zip(state, static (a, b) => a * b).Sum() + (Math.Sqrt(variance) * random.Normal())));
        }

        return ([.. events], state);
    }
}
