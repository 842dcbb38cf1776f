using LiquidControl.Numerics;

namespace LiquidControl.Robotics;

/// <summary>
/// The fastest symmetric rest-to-rest motion over a length within velocity, acceleration and jerk limits: up to seven phases of constant
/// jerk (Biagiotti and Melchiorri, Trajectory Planning for Automatic Machines and Robots, 2008, section 3.4.3, equal limits both ways).
/// </summary>
internal readonly struct DoubleSProfile
{
    private readonly double _jerk;

    /// <summary>How long the jerk lasts, and how long it takes to reach the peak velocity, s.</summary>
    private readonly double _jerkTime;
    private readonly double _rampTime;
    private readonly double _peakVelocity;

    private DoubleSProfile(double length, double jerk, double jerkTime, double rampTime)
    {
        _jerk = jerk;
        _jerkTime = jerkTime;
        _rampTime = rampTime;
        _peakVelocity = jerk * jerkTime * (rampTime - jerkTime);
        Duration = rampTime + Math.Max(rampTime, length / _peakVelocity);
    }

    public double Duration { get; }

    /// <summary>All four positive; units m or rad and s.</summary>
    public static DoubleSProfile RestToRest(double length, double velocity, double acceleration, double jerk)
    {
        bool reachesAcceleration = velocity * jerk >= acceleration * acceleration;
        double jerkTime = reachesAcceleration ? acceleration / jerk : Math.Sqrt(velocity / jerk);
        double rampTime = jerkTime + velocity / (jerk * jerkTime);
        if (length >= velocity * rampTime)
        {
            return new(length, jerk, jerkTime, rampTime);
        }

        // No cruise: the ramps alone cover the length, with a phase of constant acceleration or without.
        jerkTime = acceleration / jerk;
        if (length >= 2 * acceleration * jerkTime * jerkTime)
        {
            rampTime = 0.5 * jerkTime + Math.Sqrt(0.25 * jerkTime * jerkTime + length / acceleration);
            return new(length, jerk, jerkTime, rampTime);
        }

        jerkTime = CubeRoot(0.5 * length / jerk);
        return new(length, jerk, jerkTime, 2 * jerkTime);
    }

    /// <summary>Distance, velocity and acceleration at t in [0, Duration / 2].</summary>
    public void FirstHalf(double t, out double s, out double v, out double a)
    {
        if (t < _jerkTime)
        {
            a = _jerk * t;
            v = 0.5 * a * t;
            s = v * t / 3;
        }
        else if (t < _rampTime - _jerkTime)
        {
            a = _jerk * _jerkTime;
            v = a * (t - 0.5 * _jerkTime);
            s = a / 6 * (3 * t * (t - _jerkTime) + _jerkTime * _jerkTime);
        }
        else
        {
            double left = Math.Max(0, _rampTime - t);
            a = _jerk * left;
            v = _peakVelocity - 0.5 * a * left;
            s = _peakVelocity * (t - 0.5 * _rampTime) + a * left * left / 6;
        }
    }

    /// <summary>Of a positive number: a first guess by logarithm, brought to full precision by one step of Newton's.</summary>
    private static double CubeRoot(double x)
    {
        double root = Elementary.Exp(Elementary.Log(x) / 3);
        return root - (root - x / (root * root)) / 3;
    }
}
