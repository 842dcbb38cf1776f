using LiquidControl.Training.Observing;
using Xunit;

namespace LiquidControl.Training.Tests.Observing;

public sealed class AsynchronousSamplerTests
{
    private const ulong Seed = 5;
    private const double Duration = 40.0;

    private static readonly JointMotion Motion = TestMotions.Draw(Seed, 1, Duration)[0];

    public static TheoryData<string> Regimes => [.. SamplingRegime.All.Select(static regime => regime.Name)];

    [Theory]
    [MemberData(nameof(Regimes))]
    public void Each_channel_has_its_own_rate_and_the_times_never_go_back(string name)
    {
        SamplingRegime regime = SamplingRegime.All.Single(regime => regime.Name == name);
        SampleStream stream = Sample(regime, Seed);
        double silence = regime.GapsPerSecond * 0.5 * (regime.ShortestGap + regime.LongestGap);
        double kept = regime.RateFactor * (1.0 - regime.DropProbability) / (1.0 + silence);

        Assert.Equal((0.0, SampleChannel.Encoder), (stream.Events[0].Time, stream.Events[0].Channel));
        Assert.All(stream.Events.Zip(stream.Events.Skip(1)), static pair => Assert.True(pair.First.Time <= pair.Second.Time));
        Assert.True(stream.Events[^1].Time < Duration);
        AssertRate(SamplingRegime.EncoderRate * kept, stream, SampleChannel.Encoder);
        AssertRate(SamplingRegime.GyroRate * kept, stream, SampleChannel.Gyro);
        AssertRate(SamplingRegime.CurrentRate * kept, stream, SampleChannel.Current);
        AssertRate(SamplingRegime.QueryRate, stream, SampleChannel.Query);
    }

    [Fact]
    public void Regular_samples_are_a_period_apart_and_irregular_ones_are_not()
    {
        SamplingRegime regular = SamplingRegime.All.Single(static regime => regime.Name == "regular");
        double[] even = Intervals(Sample(regular, Seed), SampleChannel.Gyro);
        double[] uneven = Intervals(Sample(regular with { Jitter = 0.8 }, Seed), SampleChannel.Gyro);

        Assert.All(even, static interval => Assert.Equal(1.0 / SamplingRegime.GyroRate, interval, 1e-12));
        Assert.InRange(uneven.Min() * SamplingRegime.GyroRate, 0.2, 0.35);
        Assert.InRange(uneven.Max() * SamplingRegime.GyroRate, 1.65, 1.8);
    }

    [Fact]
    public void The_same_seed_gives_the_same_stream_and_another_seed_another()
    {
        SampleStream stream = Sample(SamplingRegime.Irregular, Seed), again = Sample(SamplingRegime.Irregular, Seed);

        Assert.Equal(stream.Events, again.Events);
        Assert.Equal(stream.Velocity, again.Velocity);
        Assert.NotEqual(stream.Events, Sample(SamplingRegime.Irregular, Seed + 1).Events);
    }

    [Fact]
    public void Drops_and_gaps_take_samples_away_and_change_no_other()
    {
        SamplingRegime whole = SamplingRegime.Irregular with { DropProbability = 0.0 };
        SampleEvent[] all = Sample(whole, Seed).Events;
        SampleEvent[] dropped = Sample(whole with { DropProbability = 0.4 }, Seed).Events;
        SamplingRegime broken = whole with { GapsPerSecond = 2.0, ShortestGap = 0.05, LongestGap = 0.15 };
        SampleEvent[] gaps = Sample(broken, Seed).Events;

        Assert.Empty(dropped.Except(all));
        Assert.Empty(gaps.Except(all));
        Assert.Equal(Queries(all), Queries(dropped));
        Assert.Equal(Queries(all), Queries(gaps));
        double[] sampled = [.. gaps.Where(static e => e.Channel != SampleChannel.Query).Select(static e => e.Time)];
        double[] silences = [.. sampled.Zip(sampled.Skip(1), static (a, b) => b - a).Where(static gap => gap > 0.045)];
        Assert.InRange(silences.Length, 50, 90);
        Assert.InRange(silences.Max(), 0.14, 0.19);
    }

    [Fact]
    public void Readings_are_the_truth_with_the_noise_they_are_said_to_have()
    {
        SampleStream stream = Sample(SamplingRegime.Irregular, Seed);
        double encoder = MeanSquare(SampleChannel.Encoder, 0.0, k => stream.Position[k]);
        double[] rates = [.. Of(SampleChannel.Gyro).Select(k => stream.Events[k].Value - stream.Velocity[k])];
        double offset = rates.Average();

        Assert.InRange(encoder / TestMotions.Sensors.EncoderVariance, 0.9, 1.1);
        Assert.InRange(Math.Abs(offset), 1e-5, 4.0 * JointSensors.GyroOffset);
        Assert.InRange(MeanSquare(SampleChannel.Gyro, offset, k => stream.Velocity[k]) / JointSensors.GyroVariance, 0.9, 1.1);
        Assert.InRange(Math.Sqrt(MeanSquare(SampleChannel.Current, 0.0, k => Motion.Current(stream.Events[k].Time))), 0.018, 0.025);

        IEnumerable<int> Of(SampleChannel channel) =>
            Enumerable.Range(0, stream.Events.Length).Where(k => stream.Events[k].Channel == channel);

        double MeanSquare(SampleChannel channel, double mean, Func<int, double> truth) => Of(channel).Average(k =>
        {
            double error = stream.Events[k].Value - truth(k) - mean;
            return error * error;
        });
    }

    [Fact]
    public void Position_is_the_integral_of_velocity()
    {
        double integral = 0.0;
        const int Steps = 100_000;
        for (int k = 0; k < Steps; k++)
            integral += Motion.Velocity((k + 0.5) / Steps) / Steps;

        Assert.Equal(Motion.Position(1.0) - Motion.Position(0.0), integral, 2e-6);
    }

    private static SampleStream Sample(SamplingRegime regime, ulong seed) =>
        new AsynchronousSampler(TestMotions.Sensors, regime).Sample(Motion, seed);

    private static IEnumerable<SampleEvent> Queries(SampleEvent[] events) => events.Where(static e => e.Channel == SampleChannel.Query);

    private static double[] Intervals(SampleStream stream, SampleChannel channel)
    {
        double[] times = [.. stream.Events.Where(e => e.Channel == channel && e.Time > 0.0).Select(static e => e.Time)];
        return [.. times.Zip(times.Skip(1), static (a, b) => b - a)];
    }

    /// <summary>Four standard deviations of a Poisson count, which is the widest spread here.</summary>
    private static void AssertRate(double rate, SampleStream stream, SampleChannel channel)
    {
        double expected = rate * Duration, spread = 4.0 * Math.Sqrt(expected);
        Assert.InRange(stream.Events.Count(e => e.Channel == channel), expected - spread, expected + spread);
    }
}
