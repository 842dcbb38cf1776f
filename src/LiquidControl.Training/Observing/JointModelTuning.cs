namespace LiquidControl.Training.Observing;

/// <summary>
/// Finds the Kalman filter's model from the streams that networks are trained on. It begins with what the sensors' data sheets say; the current's
/// model is fitted to the true motions; how the joint moves, and how much each sensor is to be believed, is searched for by what counts in the
/// end: the squared errors of velocity and position at the queries, each over its target's scale as in the networks' loss.
/// </summary>
public sealed class JointModelTuning
{
    /// <summary>The numbers that are fitted or searched for.</summary>
    public const int Parameters = 8;

    private const int Rounds = 4;
    private const double FirstFactor = 8.0;

    /// <summary>1/s; an acceleration that is forgotten faster than any sensor samples it says nothing.</summary>
    private const double MostDecay = 100.0;

    private static readonly Func<JointModel, double, JointModel>[] Moves =
    [
        static (model, factor) => model with { JerkDensity = model.JerkDensity * factor },
        static (model, factor) => model with { CurrentVariance = model.CurrentVariance * factor },
        static (model, factor) => model with { AccelerationDecay = Math.Min(MostDecay, model.AccelerationDecay * factor) },
        static (model, factor) => model with { EncoderVariance = model.EncoderVariance * factor },
        static (model, factor) => model with { GyroVariance = model.GyroVariance * factor },
    ];

    private readonly IReadOnlyList<SampleStream> _streams;
    private readonly IReadOnlyList<float> _scales;
    private readonly int _threads;

    private JointModelTuning(IReadOnlyList<SampleStream> streams, IReadOnlyList<float> scales, int threads)
    {
        _streams = streams;
        _scales = scales;
        _threads = threads;
    }

    /// <param name="sensors">What is known of the sensors.</param>
    /// <param name="motions">The true motions.</param>
    /// <param name="streams">A stream of each.</param>
    /// <param name="scales">Of velocity and position errors.</param>
    /// <param name="threads">Threads; the result does not depend on it.</param>
    public static JointModel Tune(
        JointSensors sensors, IReadOnlyList<JointMotion> motions, IReadOnlyList<SampleStream> streams, IReadOnlyList<float> scales, int threads)
    {
        CurrentModel current = CurrentModel.Fit(motions, streams);
        JointModel model = new()
        {
            JerkDensity = 1e3,
            AccelerationDecay = 1.0,
            EncoderVariance = sensors.EncoderVariance,
            GyroVariance = JointSensors.GyroVariance,
            GyroOffsetVariance = JointSensors.GyroOffset * JointSensors.GyroOffset,
            Current = current,
            CurrentVariance = current.Variance,
        };
        return new JointModelTuning(streams, scales, threads).Search(model);
    }

    /// <summary>The estimates of a model's filter over streams.</summary>
    public static JointEstimate[][] Run(JointModel model, IReadOnlyList<SampleStream> streams, int threads)
    {
        var estimates = new JointEstimate[streams.Count][];
        Parallel.For(
            0, streams.Count, new ParallelOptions { MaxDegreeOfParallelism = threads },
            i => estimates[i] = new JointKalmanFilter(model).Run(streams[i]));
        return estimates;
    }

    /// <summary>Each number in turn, up and down by a factor that becomes smaller from round to round.</summary>
    private JointModel Search(JointModel model)
    {
        double best = Cost(model);
        double factor = FirstFactor;
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Func<JointModel, double, JointModel> move in Moves)
                foreach (double step in (double[])[factor, 1.0 / factor])
                    while (true)
                    {
                        JointModel candidate = move(model, step);
                        double cost = Cost(candidate);
                        if (!(cost < best))
                            break;
                        (model, best) = (candidate, cost);
                    }

            factor = Math.Sqrt(factor);
        }

        return model;
    }

    private double Cost(JointModel model)
    {
        EstimateError error = EstimateError.Of(_streams, Run(model, _streams, _threads));
        double velocity = error.Velocity / _scales[0], position = error.Position / _scales[1];
        return (velocity * velocity) + (position * position);
    }
}
