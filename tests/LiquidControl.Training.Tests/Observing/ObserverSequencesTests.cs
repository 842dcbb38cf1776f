using LiquidControl.Training.Observing;
using Xunit;

namespace LiquidControl.Training.Tests.Observing;

public sealed class ObserverSequencesTests
{
    private const int Channels = 3;
    private const int Width = 6;

    private static readonly SampleStream[] Streams =
    [
        .. TestMotions.Draw(21, 3).Select(static (motion, i) =>
            new AsynchronousSampler(TestMotions.Sensors, SamplingRegime.Irregular).Sample(motion, (ulong)i)),
    ];

    private static readonly ObserverSequences Sequences = new(Streams);

    [Fact]
    public void Networks_differ_in_what_they_are_told_of_time_and_in_nothing_else()
    {
        TrainingSequence timed = Of(ObserverNetwork.TimedCfc), blind = Of(ObserverNetwork.BlindCfc), fed = Of(ObserverNetwork.FedCfc);

        Assert.Equal(timed.Features, blind.Features);
        Assert.Equal(timed.Targets, fed.Targets);
        Assert.Equal(Streams[0].Events[^1].Time, timed.Timespans.Sum(), 1e-4);
        Assert.All(blind.Timespans, static span => Assert.Equal((float)Sequences.Interval, span));
        Assert.Equal(blind.Timespans, fed.Timespans);
        for (int k = 0; k < fed.Steps; k++)
        {
            Assert.Equal(timed.Features[(k * Width)..((k + 1) * Width)], fed.Features[(k * (Width + 1))..((k * (Width + 1)) + Width)]);
            Assert.Equal(timed.Timespans[k], fed.Features[(k * (Width + 1)) + Width]);
        }
    }

    [Fact]
    public void A_step_shows_its_own_channel_and_a_query_none()
    {
        TrainingSequence sequence = Of(ObserverNetwork.TimedCfc);
        double encoder = Streams[0].Events[0].Value;
        for (int k = 0; k < sequence.Steps; k++)
        {
            (_, SampleChannel channel, double value) = Streams[0].Events[k];
            float[] expected = new float[Width];
            if (channel != SampleChannel.Query)
            {
                expected[(int)channel] = (float)(channel == SampleChannel.Encoder ? value - encoder : value);
                expected[Channels + (int)channel] = 1f;
            }

            if (channel == SampleChannel.Encoder)
                encoder = value;
            Assert.Equal(expected, sequence.Features[(k * Width)..((k + 1) * Width)]);
        }
    }

    [Fact]
    public void Outputs_that_are_the_targets_make_estimates_that_are_the_truth()
    {
        JointEstimate[] estimates = ObserverSequences.Estimates(Streams[0], Of(ObserverNetwork.TimedCfc).Targets);
        EstimateError none = EstimateError.Of([Streams[0]], [estimates]);
        Assert.InRange(none.Velocity, 0.0, 1e-6);
        Assert.InRange(none.Position, 0.0, 1e-7);

        JointEstimate[] off = Array.ConvertAll(estimates, static e => new JointEstimate(e.Position + 0.3, e.Velocity - 2.0));
        EstimateError error = EstimateError.Of([Streams[0]], [off]);
        Assert.Equal(0.3, error.Position, 1e-6);
        Assert.Equal(2.0, error.Velocity, 1e-5);
    }

    [Fact]
    public void The_networks_are_of_one_size()
    {
        int[] sizes = [.. ObserverNetwork.All.Select(static network => network.NewParameters(network.ReadsInterval ? Width + 1 : Width).Count)];
        Assert.InRange((double)sizes.Min() / sizes.Max(), 0.94, 1.0);
    }

    private static TrainingSequence Of(string name) =>
        Sequences.For(ObserverNetwork.All.Single(network => network.Name == name), Streams).Sequences[0];
}
