using LiquidControl.Numerics;

namespace LiquidControl.Training.Observing;

/// <summary>
/// A Kalman filter of one joint over asynchronous samples. State: angle q, velocity v, acceleration a, gyro offset b. The acceleration is
/// Singer's (1970), da = −α a dt + white noise of density S; α = 0 is white jerk. Between two events the model is solved exactly for the time
/// that has passed, so no time is too long or too short. Each sample is a scalar update in Joseph's form, which keeps the covariance
/// symmetric and positive.
/// </summary>
/// <param name="model">What it believes.</param>
public sealed class JointKalmanFilter(JointModel model)
{
    private const int Size = 4;

    /// <summary>Longer times are taken in pieces no longer than this α·t: there the quadrature and the series below are exact to rounding.</summary>
    private const double LongestDecay = 0.5;

    /// <summary>Terms of those series.</summary>
    private const int Terms = 12;

    private readonly double[] _state = new double[Size];
    private readonly double[] _covariance = new double[Size * Size];
    private readonly double[] _gain = new double[Size];
    private readonly double[] _row = new double[Size];
    private readonly double[] _next = new double[Size * Size];
    private readonly double[] _correction = new double[Size * Size];

    /// <summary>q (rad), v (rad/s), a (rad/s²), b (rad/s).</summary>
    public ReadOnlySpan<double> State => _state;

    /// <summary>Of the state's error [4 × 4].</summary>
    public ReadOnlySpan<double> Covariance => _covariance;

    public JointEstimate Estimate => new(_state[0], _state[1]);

    /// <summary>At rest at an encoder reading, as far as the model's first uncertainty goes.</summary>
    public void Begin(double angle)
    {
        Array.Clear(_state);
        Array.Clear(_covariance);
        _state[0] = angle;
        _covariance[0] = model.EncoderVariance;
        _covariance[5] = model.FirstVelocityVariance;
        _covariance[10] = model.FirstAccelerationVariance;
        _covariance[15] = model.GyroOffsetVariance;
    }

    /// <summary>Moves on by a time, s, of 0 or more.</summary>
    public void Predict(double elapsed)
    {
        if (elapsed <= 0.0)
            return;
        int pieces = 1 + (int)(model.AccelerationDecay * elapsed / LongestDecay);
        for (int piece = 0; piece < pieces; piece++)
            PredictPiece(elapsed / pieces);
    }

    /// <summary>Takes up an event's sample, at the time the filter stands at.</summary>
    public void Update(SampleEvent sample)
    {
        switch (sample.Channel)
        {
            case SampleChannel.Encoder:
                Update([1.0, 0.0, 0.0, 0.0], sample.Value, model.EncoderVariance);
                break;
            case SampleChannel.Gyro:
                Update([0.0, 1.0, 0.0, 1.0], sample.Value, model.GyroVariance);
                break;
            case SampleChannel.Current:
                CurrentModel current = model.Current;
                double coulomb = current.Coulomb * CurrentModel.Direction(_state[1]);
                Update([0.0, current.PerVelocity, current.PerAcceleration, 0.0], sample.Value - coulomb, model.CurrentVariance);
                break;
            case SampleChannel.Query:
                break;
        }
    }

    /// <summary>The estimates at every event of a stream, after its sample.</summary>
    public JointEstimate[] Run(SampleStream stream)
    {
        var estimates = new JointEstimate[stream.Events.Length];
        Begin(stream.Events[0].Value);
        estimates[0] = Estimate;
        for (int k = 1; k < estimates.Length; k++)
        {
            Predict(stream.Events[k].Time - stream.Events[k - 1].Time);
            Update(stream.Events[k]);
            estimates[k] = Estimate;
        }

        return estimates;
    }

    private void PredictPiece(double t)
    {
        (double twice, double once, double left) = Response(t);
        _state[0] += (t * _state[1]) + (twice * _state[2]);
        _state[1] += once * _state[2];
        _state[2] *= left;
        Transform([1.0, t, twice, 0.0, 0.0, 1.0, once, 0.0, 0.0, 0.0, left, 0.0, 0.0, 0.0, 0.0, 1.0]);
        AddProcessNoise(t);
    }

    /// <summary>
    /// What an acceleration of 1 has become after a time t: angle ∫∫e^(−αs), velocity ∫e^(−αs), and what is left of it, e^(−αt).
    /// </summary>
    private (double Twice, double Once, double Left) Response(double t)
    {
        double x = model.AccelerationDecay * t;
        return (0.5 * t * t * Series(x, 3), t * Series(x, 2), Elementary.Exp(-x));
    }

    /// <summary>1 − x/n (1 − x/(n + 1) (1 − …)).</summary>
    private static double Series(double x, int n)
    {
        double sum = 1.0;
        for (int i = n + Terms; i >= n; i--)
            sum = 1.0 - (x / i * sum);
        return sum;
    }

    /// <summary>S ∫g gᵀ over the responses g of all times up to t.</summary>
    private void AddProcessNoise(double t)
    {
        for (int k = 0; k < GaussLegendre.Nodes.Length; k++)
        {
            double weight = model.JerkDensity * t * GaussLegendre.Weights[k];
            (double twice, double once, double left) = Response(t * GaussLegendre.Nodes[k]);
            _covariance[0] += weight * twice * twice;
            _covariance[1] += weight * twice * once;
            _covariance[2] += weight * twice * left;
            _covariance[5] += weight * once * once;
            _covariance[6] += weight * once * left;
            _covariance[10] += weight * left * left;
        }

        _covariance[15] += model.GyroOffsetWalk * t;
        _covariance[4] = _covariance[1];
        _covariance[8] = _covariance[2];
        _covariance[9] = _covariance[6];
    }

    private void Update(ReadOnlySpan<double> measured, double value, double variance)
    {
        double innovation = value, spread = variance;
        for (int i = 0; i < Size; i++)
        {
            innovation -= measured[i] * _state[i];
            _row[i] = 0.0;
            for (int j = 0; j < Size; j++)
                _row[i] += _covariance[(Size * i) + j] * measured[j];
        }

        for (int i = 0; i < Size; i++)
            spread += measured[i] * _row[i];
        for (int i = 0; i < Size; i++)
        {
            _gain[i] = _row[i] / spread;
            _state[i] += _gain[i] * innovation;
            for (int j = 0; j < Size; j++)
                _correction[(Size * i) + j] = (i == j ? 1.0 : 0.0) - (_gain[i] * measured[j]);
        }

        Transform(_correction);
        for (int i = 0; i < Size; i++)
            for (int j = 0; j < Size; j++)
                _covariance[(Size * i) + j] += _gain[i] * _gain[j] * variance;
    }

    /// <summary>P ← A P Aᵀ.</summary>
    private void Transform(ReadOnlySpan<double> a)
    {
        for (int i = 0; i < Size; i++)
            for (int j = 0; j < Size; j++)
            {
                double sum = 0.0;
                for (int k = 0; k < Size; k++)
                    sum += a[(Size * i) + k] * _covariance[(Size * k) + j];
                _next[(Size * i) + j] = sum;
            }

        for (int i = 0; i < Size; i++)
            for (int j = i; j < Size; j++)
            {
                double sum = 0.0;
                for (int k = 0; k < Size; k++)
                    sum += _next[(Size * i) + k] * a[(Size * j) + k];
                _covariance[(Size * i) + j] = sum;
                _covariance[(Size * j) + i] = sum;
            }
    }
}
