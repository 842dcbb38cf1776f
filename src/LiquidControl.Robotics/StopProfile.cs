namespace LiquidControl.Robotics;

/// <summary>
/// One joint's time-optimal stop: jerk one way, constant acceleration, jerk back. Optimal because it is bang-bang in the jerk with one
/// switch, or a singular arc on the acceleration limit between two (the double integrator's switching curve).
/// </summary>
internal struct StopProfile
{
    private double _position, _velocity, _acceleration;

    /// <summary>Jerk of the first phase; the last one's is <see cref="_lastJerk"/>, the middle one's zero.</summary>
    private double _firstJerk, _lastJerk;
    private double _firstTime, _holdTime, _lastTime;
    private double _restPosition;

    public readonly double Duration => _firstTime + _holdTime + _lastTime;

    public void Plan(double q, double qd, double qdd, double accelerationLimit, double jerkLimit)
    {
        _position = q;
        _velocity = qd;
        _acceleration = qdd;
        if (!(accelerationLimit > 0 && jerkLimit > 0 && double.IsFinite(accelerationLimit) && double.IsFinite(jerkLimit)
            && double.IsFinite(qd) && double.IsFinite(qdd)))
        {
            _firstTime = _holdTime = _lastTime = 0;
            _restPosition = q;
            return;
        }

        // Left with velocity 'excess' if only the acceleration were brought to zero: brake against its sign. Mirrored so that it is
        // positive.
        double excess = qd + 0.5 * qdd * Math.Abs(qdd) / jerkLimit;
        double sign = excess < 0 ? -1 : 1;
        double v = sign * qd, a = sign * qdd;
        if (a < -accelerationLimit)
        {
            // Braking beyond the limit already: ease to it, and stay for what speed is left over.
            _firstJerk = sign * jerkLimit;
            _firstTime = (-accelerationLimit - a) / jerkLimit;
            _holdTime = sign * excess / accelerationLimit;
            _lastTime = accelerationLimit / jerkLimit;
        }
        else
        {
            double peak = Math.Sqrt(Math.Max(0, jerkLimit * v + 0.5 * a * a));
            _holdTime = 0;
            if (peak > accelerationLimit)
            {
                peak = accelerationLimit;
                _holdTime = (v + (0.5 * a * a - peak * peak) / jerkLimit) / peak;
            }

            _firstJerk = -sign * jerkLimit;
            _firstTime = Math.Max(0, (a + peak) / jerkLimit);
            _lastTime = peak / jerkLimit;
        }

        _lastJerk = sign * jerkLimit;
        Hold(out double holdPosition, out double holdVelocity, out double holdAcceleration);
        Advance(_holdTime, holdPosition, holdVelocity, holdAcceleration, 0, out double lastPosition, out _, out _);
        _restPosition = lastPosition + _lastJerk * _lastTime * _lastTime * _lastTime / 6;
    }

    public readonly void Sample(double t, out double q, out double qd, out double qdd)
    {
        double left = Duration - t;
        if (!(left > 0))
        {
            q = _restPosition;
            qd = 0;
            qdd = 0;
        }
        else if (left <= _lastTime)
        {
            Advance(-left, _restPosition, 0, 0, _lastJerk, out q, out qd, out qdd);
        }
        else if (t <= _firstTime)
        {
            Advance(t, _position, _velocity, _acceleration, _firstJerk, out q, out qd, out qdd);
        }
        else
        {
            Hold(out double position, out double velocity, out double acceleration);
            Advance(t - _firstTime, position, velocity, acceleration, 0, out q, out qd, out qdd);
        }
    }

    /// <summary>The state in which the phase of constant acceleration begins.</summary>
    private readonly void Hold(out double q, out double qd, out double qdd) =>
        Advance(_firstTime, _position, _velocity, _acceleration, _firstJerk, out q, out qd, out qdd);

    private static void Advance(double t, double q0, double qd0, double qdd0, double jerk, out double q, out double qd, out double qdd)
    {
        qdd = qdd0 + jerk * t;
        qd = qd0 + t * (qdd0 + 0.5 * jerk * t);
        q = q0 + t * (qd0 + t * (0.5 * qdd0 + jerk * t / 6));
    }
}
