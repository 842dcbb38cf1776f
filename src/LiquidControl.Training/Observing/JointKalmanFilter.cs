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

    /// <summary>Below this α·t the first terms of the series have less rounding error than the closed form.</summary>
    private const double SmallDecay = 0.1;

    private readonly double[] _state = new double[Size];
    private readonly double[] _covariance = new double[Size * Size];
    private readonly double[] _gain = new double[Size];
    private readonly double[] _row = new double[Size];
    private readonly double[] _next = new double[Size * Size];
    private readonly double[] _transition = new double[Size * Size];

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
        SetTransition(elapsed);
        double q = _state[0] + (_transition[1] * _state[1]) + (_transition[2] * _state[2]);
        _state[1] += _transition[6] * _state[2];
        _state[2] *= _transition[10];
        _state[0] = q;
        Transform(_transition);
        AddProcessNoise(elapsed);
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

    private void SetTransition(double t)
    {
        double alpha = model.AccelerationDecay, x = alpha * t;
        Array.Clear(_transition);
        for (int i = 0; i < Size; i++)
            _transition[(Size * i) + i] = 1.0;
        _transition[1] = t;
        // ∫e^(−αs) and ∫∫e^(−αs).
        (double once, double twice) = Response(x, t);
        _transition[2] = twice;
        _transition[6] = once;
        _transition[10] = Elementary.Exp(-x);
    }

    /// <summary>How an acceleration of 1 that decays from now on moves velocity and angle in a time t; x = α t.</summary>
    private static (double Once, double Twice) Response(double x, double t)
    {
        if (x >= SmallDecay)
        {
            double once = (1.0 - Elementary.Exp(-x)) / x;
            return (t * once, t * t * (1.0 - once) / x);
        }

        double a = 1.0 - (x / 2.0 * (1.0 - (x / 3.0 * (1.0 - (x / 4.0 * (1.0 - (x / 5.0 * (1.0 - (x / 6.0)))))))));
        double b = 0.5 * (1.0 - (x / 3.0 * (1.0 - (x / 4.0 * (1.0 - (x / 5.0 * (1.0 - (x / 6.0 * (1.0 - (x / 7.0))))))))));
        return (t * a, t * t * b);
    }

    /// <summary>
    /// S ∫g gᵀ over the responses g(s) of the time: by Gauss-Legendre's five points, which is exact for white jerk (degree 4), and to rounding
    /// for the decays and times met here.
    /// </summary>
    private void AddProcessNoise(double t)
    {
        for (int k = 0; k < GaussLegendre.Nodes.Length; k++)
        {
            double s = t * GaussLegendre.Nodes[k], weight = model.JerkDensity * t * GaussLegendre.Weights[k];
            double x = model.AccelerationDecay * s;
            (double once, double twice) = Response(x, s);
            double g = Elementary.Exp(-x);
            _covariance[0] += weight * twice * twice;
            _covariance[1] += weight * twice * once;
            _covariance[2] += weight * twice * g;
            _covariance[5] += weight * once * once;
            _covariance[6] += weight * once * g;
            _covariance[10] += weight * g * g;
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
                _transition[(Size * i) + j] = (i == j ? 1.0 : 0.0) - (_gain[i] * measured[j]);
        }

        Transform(_transition);
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
