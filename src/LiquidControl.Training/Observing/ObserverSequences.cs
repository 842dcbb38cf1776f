namespace LiquidControl.Training.Observing;

/// <summary>
/// Streams as a network gets them, a step an event: what the channel reads (the encoder: its change since its reading before), and which
/// channel it is; a query is a step without any. To be said at every step: the velocity, and how far the joint is from the last encoder
/// reading. All networks get the same numbers but for those of time.
/// </summary>
public sealed class ObserverSequences
{
    /// <summary>Velocity and displacement.</summary>
    internal const int Targets = 2;

    private const int Channels = 3;

    private static readonly Signal[] Signals =
    [
        new("encoder change", "rad"), new("gyro", "rad/s"), new("current", "A"),
        new("encoder present", "1"), new("gyro present", "1"), new("current present", "1"),
    ];

    private readonly double _interval;
    private readonly float[] _scales;
    private readonly float[] _outputScales;

    /// <summary>Takes the scales of channels, targets and time from the streams that are trained on.</summary>
    public ObserverSequences(IReadOnlyList<SampleStream> training)
    {
        double[] squares = new double[Channels], targetSquares = new double[Targets];
        long[] counts = new long[Channels];
        long events = 0;
        double time = 0.0;
        foreach (SampleStream stream in training)
        {
            events += stream.Events.Length;
            time += stream.Events[^1].Time;
            TrainingSequence sequence = Sequence(stream, hasTimespans: true, readsInterval: false);
            for (int k = 0; k < sequence.Steps; k++)
            {
                for (int i = 0; i < Targets; i++)
                    targetSquares[i] += sequence.Targets[(k * Targets) + i] * sequence.Targets[(k * Targets) + i];
                if (stream.Events[k].Channel == SampleChannel.Query)
                    continue;
                int channel = (int)stream.Events[k].Channel;
                double value = sequence.Features[(k * Signals.Length) + channel];
                squares[channel] += value * value;
                counts[channel]++;
            }
        }

        _interval = time / events;
        _scales = [.. squares.Select((square, i) => (float)Math.Sqrt(square / Math.Max(counts[i], 1)))];
        _outputScales = [.. targetSquares.Select(square => (float)Math.Sqrt(square / events))];
    }

    /// <summary>Mean time between two events, s.</summary>
    public double Interval => _interval;

    /// <summary>Root mean square of the velocity, rad/s, and of the displacement, rad.</summary>
    public IReadOnlyList<float> TargetScales => _outputScales;

    /// <summary>Sizes as they are, so that 0 means that nothing was read. An interval of 16 means is the longest a network tells apart.</summary>
    public Normalisation NormalisationFor(ObserverNetwork network)
    {
        float[] scales = [.. _scales, 1f, 1f, 1f, .. network.ReadsInterval ? [(float)(2.0 * _interval)] : Array.Empty<float>()];
        return new Normalisation(new float[scales.Length], scales, _outputScales);
    }

    /// <summary>The streams as one network gets them.</summary>
    public SequenceSet For(ObserverNetwork network, IReadOnlyList<SampleStream> streams)
    {
        Signal[] features = network.ReadsInterval ? [.. Signals, new Signal("dt", "s")] : Signals;
        SequenceSet set = new(features, [new Signal("velocity", "rad/s"), new Signal("displacement", "rad")]);
        foreach (SampleStream stream in streams)
            set.Add(Sequence(stream, network.HasTimespans, network.ReadsInterval));
        return set;
    }

    /// <summary>What a network's outputs at a stream's events say of the joint.</summary>
    public static JointEstimate[] Estimates(SampleStream stream, float[] outputs)
    {
        var estimates = new JointEstimate[stream.Events.Length];
        double encoder = 0.0;
        for (int k = 0; k < estimates.Length; k++)
        {
            if (stream.Events[k].Channel == SampleChannel.Encoder)
                encoder = stream.Events[k].Value;
            estimates[k] = new JointEstimate(encoder + outputs[(k * Targets) + 1], outputs[k * Targets]);
        }

        return estimates;
    }

    private TrainingSequence Sequence(SampleStream stream, bool hasTimespans, bool readsInterval)
    {
        int steps = stream.Events.Length, width = Signals.Length + (readsInterval ? 1 : 0);
        float[] features = new float[steps * width], targets = new float[steps * Targets], timespans = new float[steps];
        double encoder = stream.Events[0].Value, before = 0.0;
        for (int k = 0; k < steps; k++)
        {
            (double time, SampleChannel channel, double value) = stream.Events[k];
            Span<float> row = features.AsSpan(k * width, width);
            if (channel != SampleChannel.Query)
            {
                row[(int)channel] = (float)(channel == SampleChannel.Encoder ? value - encoder : value);
                row[Channels + (int)channel] = 1f;
            }

            if (channel == SampleChannel.Encoder)
                encoder = value;
            if (readsInterval)
                row[^1] = (float)(time - before);
            timespans[k] = (float)(hasTimespans ? time - before : _interval);
            before = time;
            targets[k * Targets] = (float)stream.Velocity[k];
            targets[(k * Targets) + 1] = (float)(stream.Position[k] - encoder);
        }

        return new TrainingSequence(features, targets, timespans);
    }
}
