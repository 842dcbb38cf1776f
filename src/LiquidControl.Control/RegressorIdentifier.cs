namespace LiquidControl.Control;

/// <summary>
/// Learns what is wrong with the arm's model while it moves: recursive least squares on <see cref="DynamicsRegressor"/>'s parameters, from the
/// disturbance torque the estimator sees. The prior is a right model, give or take what models are usually off by.
/// </summary>
public sealed class RegressorIdentifier
{
    /// <summary>Spread of the relative errors of link masses and of friction, and of the mass at the tool, kg.</summary>
    private const double MassSpread = 0.20, FrictionSpread = 0.35, PayloadSpread = 0.35;

    /// <summary>
    /// Noise of a torque sample as a part of the joint's limit, samples 5 ms apart. Larger than the encoder's: what no parameter explains
    /// lasts for many samples.
    /// </summary>
    private const double Noise = 0.04;

    /// <summary>The same of a joint at rest, whose friction may be anywhere between its bounds.</summary>
    private const double NoiseAtRest = 0.10;

    private const double SampleTime = 0.005;

    /// <summary>A joint moves when its direction, as late as the observer, is as clear as this.</summary>
    private const double ClearDirection = 0.9;

    /// <summary>
    /// Time constants of the observer until a start is forgotten: what acted on the joints before it was not recorded, and is no model error.
    /// </summary>
    private const double SettlingTimeConstants = 24.0;

    /// <summary>Certainty won in motion lasts so long in motion, s: a load that is picked up can still be learned.</summary>
    private const double Memory = 10.0;

    private readonly ArmDescription _arm;
    private readonly DynamicsRegressor _regressor;
    private readonly RecursiveLeastSquares _parameters;
    private readonly ObserverLag _lag;
    private readonly double[] _motion;
    private readonly double[] _rows;
    private readonly double[] _noise;
    private readonly double[] _noiseAtRest;
    private readonly double _settlingTime;
    private double _elapsed;

    public RegressorIdentifier(ArmDescription arm, ControllerSettings settings)
    {
        int n = arm.JointCount;
        _arm = arm;
        _regressor = new DynamicsRegressor(arm);
        _parameters = new RecursiveLeastSquares(PriorVariance(arm, _regressor));
        _lag = new ObserverLag(4 * n, settings.ObserverBandwidth);
        _motion = new double[4 * n];
        _rows = new double[n * _regressor.ParameterCount];
        _noise = NoiseDensity(arm, Noise);
        _noiseAtRest = NoiseDensity(arm, NoiseAtRest);
        _settlingTime = SettlingTimeConstants / settings.ObserverBandwidth;
    }

    /// <summary>The parameters in <see cref="DynamicsRegressor"/>'s order, as learned so far.</summary>
    public ReadOnlySpan<double> Parameters => _parameters.Estimate;

    /// <summary>The regressor's rows of the motion that <see cref="Torque"/> was last asked for.</summary>
    public ReadOnlySpan<double> Rows => _rows;

    /// <summary>The mass at the tool as learned so far, kg.</summary>
    public double Payload => _parameters.Estimate[_regressor.Payload];

    /// <summary>Back to the prior.</summary>
    public void Reset()
    {
        _parameters.Reset();
        _lag.Reset();
        _elapsed = 0.0;
    }

    /// <summary>
    /// Takes in one cycle. Nothing is learned from a cycle without a fresh frame of every encoder; a motion that is no number resets to the
    /// prior. <paramref name="reference"/>: of the same time as the state.
    /// </summary>
    public void Observe(RobotState state, JointReference reference)
    {
        int n = _regressor.JointCount;
        Span<double> motion = _motion;
        state.Position.CopyTo(motion[..n]);
        state.Velocity.CopyTo(motion.Slice(n, n));
        reference.Acceleration.CopyTo(motion.Slice(2 * n, n));
        _regressor.SlidingDirection(state.Velocity, motion.Slice(3 * n, n));
        if (!IsFinite(motion))
        {
            Reset();
            return;
        }

        // The disturbance torque is as late as the observer; so is the motion that explains it.
        _lag.Advance(state.Interval, motion);
        _elapsed += state.Interval;
        if (_elapsed < _settlingTime || state.Interval <= 0.0 || state.FreshPart < 1.0)
            return;
        Learn(state, _lag.Output);
    }

    /// <summary>
    /// The torque that the learned parameters add to the model's, friction included, N·m, for a motion in rad, rad/s, rad/s². False when it
    /// is no number.
    /// </summary>
    public bool Torque(ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> qdd, Span<double> torque)
    {
        _regressor.Evaluate(q, qd, qdd, _rows);
        for (int i = 0; i < torque.Length; i++)
            torque[i] = _parameters.Predict(Row(i));
        return IsFinite(torque);
    }

    private void Learn(RobotState state, ReadOnlySpan<double> motion)
    {
        int n = _regressor.JointCount;
        ReadOnlySpan<double> velocity = motion.Slice(n, n), direction = motion.Slice(3 * n, n);
        _regressor.Evaluate(motion[..n], velocity, motion.Slice(2 * n, n), direction, _rows);
        bool anyMoves = false;
        for (int i = 0; i < n; i++)
            anyMoves |= Math.Abs(direction[i]) > ClearDirection;
        if (anyMoves)
            _parameters.Forget(Math.Min(state.Interval / Memory, 1.0));

        for (int i = 0; i < n; i++)
        {
            // The disturbance torque holds all friction, the parameters only what the model's friction misses.
            double unexplained = state.DisturbanceTorque[i] - _arm.Friction[i].Coulomb * direction[i] - _arm.Friction[i].Viscous * velocity[i];
            double density = Math.Abs(direction[i]) > ClearDirection ? _noise[i] : _noiseAtRest[i];
            _parameters.Update(Row(i), unexplained, density / state.Interval);
        }
    }

    private ReadOnlySpan<double> Row(int joint) => _rows.AsSpan(joint * _regressor.ParameterCount, _regressor.ParameterCount);

    private static bool IsFinite(ReadOnlySpan<double> values)
    {
        bool finite = true;
        foreach (double value in values)
            finite &= double.IsFinite(value);
        return finite;
    }

    private static double[] PriorVariance(ArmDescription arm, DynamicsRegressor regressor)
    {
        var variance = new double[regressor.ParameterCount];
        for (int i = 0; i < arm.JointCount; i++)
        {
            variance[i] = Square(MassSpread);
            variance[regressor.Coulomb(i)] = Square(FrictionSpread * arm.Friction[i].Coulomb);
            variance[regressor.Viscous(i)] = Square(FrictionSpread * arm.Friction[i].Viscous);
        }

        variance[regressor.Payload] = Square(PayloadSpread);
        return variance;
    }

    /// <summary>Variance times the time between samples, (N·m)²·s: the same information a second at any rate.</summary>
    private static double[] NoiseDensity(ArmDescription arm, double part) =>
        [.. arm.Limits.Select(limit => Square(part * limit.Torque) * SampleTime)];

    private static double Square(double value) => value * value;
}
