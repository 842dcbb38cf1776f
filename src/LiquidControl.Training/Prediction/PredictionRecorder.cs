using LiquidControl.Control;
using LiquidControl.Numerics;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Prediction;

/// <summary>
/// Asks an episode questions at random times about random horizons, and answers them from the plant once the episode is over. A question is a
/// sequence of one step, whose timespan is the horizon; the answer is how far the true state then is from
/// <see cref="TrackingForecast"/>, over its growth; it counts as much as that, for what is left at short horizons is mostly noise.
/// </summary>
public sealed class PredictionRecorder : IMotionObserver
{
    /// <summary>A cycle in so many, on average, is asked about.</summary>
    private const int CyclesPerQuery = 2;

    /// <summary>A cycle, s: what happens sooner the estimate's noise hides.</summary>
    private const double ShortestHorizon = 0.005;

    private readonly RandomStream _random;
    private readonly PredictionFeatures _features;
    private readonly TrackingForecast _forecast;
    private readonly double[] _row;
    private readonly double[] _position;
    private readonly double[] _velocity;
    private readonly TrueMotion _motion;
    private readonly List<Query> _queries = [];

    /// <param name="jointCount">Joints.</param>
    /// <param name="bandwidth">Of the law, rad/s.</param>
    /// <param name="random">Draws times and horizons.</param>
    public PredictionRecorder(int jointCount, double bandwidth, RandomStream random)
    {
        _random = random;
        _features = new PredictionFeatures(jointCount);
        _forecast = new TrackingForecast(jointCount, bandwidth);
        _position = new double[jointCount];
        _velocity = new double[jointCount];
        _row = new double[_features.Count];
        _motion = new TrueMotion(jointCount);
    }

    public void Observe(double time, ControlCycle cycle, SimulatedArm arm)
    {
        _motion.Add(time, arm.Plant);
        if (time < 0.0 || _random.NextInt(CyclesPerQuery) != 0)
            return;

        // Short horizons are where the present state counts most, so they are asked more often: the density falls with the root.
        double root = _random.NextDouble();
        double horizon = Math.Max(ShortestHorizon, root * root * JointStatePredictor.LongestHorizon);
        _forecast.At(cycle.Estimate, cycle.Reference, horizon, _position, _velocity);
        _features.Write(cycle.Estimate, cycle.Reference, horizon, _forecast.Plan, _row);
        _queries.Add(new Query(
            time, horizon, Array.ConvertAll(_row, static value => (float)value), _forecast.Growth, [.. _position], [.. _velocity]));
    }

    /// <summary>The questions whose time was reached.</summary>
    public IEnumerable<TrainingSequence> ToSequences()
    {
        int n = _position.Length;
        foreach (Query query in _queries.Where(query => query.Time + query.Horizon <= _motion.End))
        {
            _motion.At(query.Time + query.Horizon, _position, _velocity);
            var answer = new float[2 * n];
            for (int i = 0; i < n; i++)
            {
                answer[i] = (float)((_position[i] - query.Position[i]) / query.Growth);
                answer[n + i] = (float)((_velocity[i] - query.Velocity[i]) / query.Growth);
            }

            yield return new TrainingSequence(query.Features, answer, [(float)query.Horizon], [(float)query.Growth]);
        }
    }

    private sealed record Query(double Time, double Horizon, float[] Features, double Growth, double[] Position, double[] Velocity);
}
