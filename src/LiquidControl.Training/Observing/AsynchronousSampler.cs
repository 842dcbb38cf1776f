using LiquidControl.Numerics;

namespace LiquidControl.Training.Observing;

/// <summary>
/// Samples a move as sensors that know nothing of each other do: each at its own times, some samples lost. A stream depends on motion,
/// regime and seed alone; every consumer of random numbers has a stream of its own, so that drops and gaps leave the other samples' noise and
/// the times of the queries as they are.
/// </summary>
/// <param name="sensors">What a sample reads.</param>
/// <param name="regime">When samples are taken.</param>
public sealed class AsynchronousSampler(JointSensors sensors, SamplingRegime regime)
{
    private const ulong OffsetStream = 1;
    private const ulong QueryStream = 2;
    private const ulong GapStream = 3;
    private const ulong FirstTimeStream = 10;
    private const ulong FirstDropStream = 20;
    private const ulong FirstNoiseStream = 30;

    /// <summary>The stream of a move, from its start, where the encoder is read, to its end.</summary>
    public SampleStream Sample(JointMotion motion, ulong seed)
    {
        RandomStream random = new(seed);
        double offset = JointSensors.GyroOffset * random.Fork(OffsetStream).Normal();
        (double From, double To)[] gaps = [.. Gaps(motion.Duration, random.Fork(GapStream))];
        List<SampleEvent> events = [];
        Add(SampleChannel.Encoder, SamplingRegime.EncoderRate, isReadAtStart: true);
        Add(SampleChannel.Gyro, SamplingRegime.GyroRate, isReadAtStart: false);
        Add(SampleChannel.Current, SamplingRegime.CurrentRate, isReadAtStart: false);
        events.AddRange(Queries(motion.Duration, random.Fork(QueryStream)).Select(time => new SampleEvent(time, SampleChannel.Query, 0.0)));
        SampleEvent[] ordered = [.. events.OrderBy(static e => e.Time)];
        return new SampleStream(
            ordered, Array.ConvertAll(ordered, e => motion.Position(e.Time)), Array.ConvertAll(ordered, e => motion.Velocity(e.Time)));

        void Add(SampleChannel channel, double rate, bool isReadAtStart)
        {
            RandomStream noise = random.Fork(FirstNoiseStream + (ulong)channel), drops = random.Fork(FirstDropStream + (ulong)channel);
            IEnumerable<double> times = Times(rate * regime.RateFactor, motion.Duration, random.Fork(FirstTimeStream + (ulong)channel));
            if (isReadAtStart)
                events.Add(new SampleEvent(0.0, channel, sensors.Read(channel, motion, 0.0, offset, noise)));
            foreach (double time in times)
            {
                double value = sensors.Read(channel, motion, time, offset, noise);
                bool isLost = drops.NextDouble() < regime.DropProbability || gaps.Any(gap => time >= gap.From && time < gap.To);
                if (!isLost)
                    events.Add(new SampleEvent(time, channel, value));
            }
        }
    }

    /// <summary>A period apart, each a little too early or too late, after a phase of the sensor's own; none before the start.</summary>
    private IEnumerable<double> Times(double rate, double duration, RandomStream random)
    {
        double period = 1.0 / rate, phase = random.Uniform(0.0, period);
        for (int k = 0; phase + (k * period) < duration; k++)
        {
            double time = phase + (period * (k + (regime.Jitter * random.Uniform(-0.5, 0.5))));
            if (time > 0.0 && time < duration)
                yield return time;
        }
    }

    /// <summary>Independent of each other: the times between them are exponentially distributed.</summary>
    private static IEnumerable<double> Queries(double duration, RandomStream random)
    {
        for (double time = Wait(SamplingRegime.QueryRate, random); time < duration; time += Wait(SamplingRegime.QueryRate, random))
            yield return time;
    }

    private IEnumerable<(double From, double To)> Gaps(double duration, RandomStream random)
    {
        if (regime.GapsPerSecond == 0.0)
            yield break;
        for (double time = Wait(regime.GapsPerSecond, random); time < duration; time += Wait(regime.GapsPerSecond, random))
        {
            double end = time + random.Uniform(regime.ShortestGap, regime.LongestGap);
            yield return (time, end);
            time = end;
        }
    }

    private static double Wait(double rate, RandomStream random) => -Elementary.Log(1.0 - random.NextDouble()) / rate;
}
