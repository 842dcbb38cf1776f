using LiquidControl.Robotics;

namespace LiquidControl.Training;

/// <summary>
/// Measures one motion sample by sample, always from the plant's true state: the one definition of final error, path error, settling,
/// overshoot, success and estimation error. T is the planned arrival time of the reference. Adding a sample allocates nothing.
/// </summary>
/// <param name="start">TCP pose at the beginning.</param>
/// <param name="goal">TCP pose to reach.</param>
/// <param name="arrivalTime">T, in seconds from the beginning.</param>
public sealed class MotionMetrics(Pose start, Pose goal, double arrivalTime)
{
    /// <summary>Distance to the goal that counts as there, m.</summary>
    public const double Tolerance = 0.002;

    /// <summary>Time after T by which the arm has to stay within the tolerance, s.</summary>
    public const double SettlingTime = 0.5;

    /// <summary>The window of the final error begins here, s after T.</summary>
    public const double FinalWindowStart = 0.48;

    /// <summary>The window of the final error ends here, s after T: how long an episode has to last.</summary>
    public const double FinalWindowEnd = 0.60;

    private const double PathWindowEnd = 0.05;

    /// <summary>Before this share of T a curved path may pass beyond the goal without overshooting it.</summary>
    private const double OvershootStart = 0.7;

    /// <summary>Sample times are sums of periods: a window's edge is met within this, s.</summary>
    private const double TimeTolerance = 1e-9;

    private readonly Vector3 _approach = Direction(start.Translation, goal.Translation);
    private double _lastOutside;
    private double _lastDistance = double.NaN;
    private double _lastAngle = double.NaN;
    private double _pathError;
    private double _overshoot;
    private double _finalDistanceSum;
    private double _finalAngleSum;
    private int _finalSamples;
    private double _velocitySquares;
    private long _velocityCount;
    private bool _outsideAfterSettling;
    private bool _limitViolated;

    /// <summary>Adds a sample; samples come in the order of time.</summary>
    /// <param name="time">Seconds from the beginning.</param>
    /// <param name="tcp">The true TCP pose.</param>
    /// <param name="reference">The TCP pose of the time-parametrised reference.</param>
    /// <param name="estimatedVelocity">Estimated joint velocities, rad/s.</param>
    /// <param name="trueVelocity">True joint velocities, rad/s.</param>
    /// <param name="limitViolated">A limit of the arm is violated by the true state.</param>
    public void Add(
        double time,
        in Pose tcp,
        in Pose reference,
        ReadOnlySpan<double> estimatedVelocity,
        ReadOnlySpan<double> trueVelocity,
        bool limitViolated)
    {
        double sinceArrival = time - arrivalTime;
        Vector3 toGoal = tcp.Translation - goal.Translation;
        _lastDistance = toGoal.Norm;
        _lastAngle = Matrix3.RotationAngle(tcp.Rotation, goal.Rotation);
        // Written so that a not-a-number counts as outside.
        if (!(_lastDistance <= Tolerance))
        {
            _lastOutside = time;
            _outsideAfterSettling |= sinceArrival >= SettlingTime - TimeTolerance;
        }

        if (sinceArrival <= PathWindowEnd + TimeTolerance)
            _pathError = Math.Max(_pathError, (tcp.Translation - reference.Translation).Norm);
        if (time > OvershootStart * arrivalTime)
            _overshoot = Math.Max(_overshoot, Vector3.Dot(toGoal, _approach));
        if (sinceArrival >= FinalWindowStart - TimeTolerance && sinceArrival <= FinalWindowEnd + TimeTolerance)
        {
            _finalDistanceSum += _lastDistance;
            _finalAngleSum += _lastAngle;
            _finalSamples++;
        }

        for (int joint = 0; joint < trueVelocity.Length; joint++)
        {
            double difference = estimatedVelocity[joint] - trueVelocity[joint];
            _velocitySquares += difference * difference;
        }

        _velocityCount += trueVelocity.Length;
        _limitViolated |= limitViolated;
    }

    /// <summary>
    /// The metrics of the samples so far. A motion that ended before its final window has not succeeded; its last sample stands for it.
    /// </summary>
    public EpisodeResult Finish()
    {
        bool finished = _finalSamples > 0;
        double finalError = finished ? _finalDistanceSum / _finalSamples : _lastDistance;
        double orientationError = finished ? _finalAngleSum / _finalSamples : _lastAngle;
        return new EpisodeResult(
            FinalErrorMm: 1e3 * finalError,
            PathErrorMm: 1e3 * _pathError,
            SettleMs: 1e3 * (_lastOutside - arrivalTime),
            OvershootMm: 1e3 * _overshoot,
            OrientationErrorMrad: 1e3 * orientationError,
            VelocityErrorRms: _velocityCount == 0 ? 0.0 : 1e3 * Math.Sqrt(_velocitySquares / _velocityCount),
            LimitViolated: _limitViolated,
            Success: finished && finalError <= Tolerance && !_outsideAfterSettling && !_limitViolated);
    }

    private static Vector3 Direction(in Vector3 from, in Vector3 to)
    {
        Vector3 difference = to - from;
        double length = difference.Norm;
        return length > 0.0 ? difference * (1.0 / length) : Vector3.Zero;
    }
}
