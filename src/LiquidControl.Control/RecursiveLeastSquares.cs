namespace LiquidControl.Control;

/// <summary>
/// Bayesian recursive least squares: a Kalman filter of constants, one scalar measurement at a time. The prior is zero with the variances
/// given. Source: Bierman, "Factorization Methods for Discrete Sequential Estimation", 1977, for Joseph's form of the update.
/// </summary>
public sealed class RecursiveLeastSquares
{
    private readonly double[] _priorVariance;
    private readonly double[] _estimate;
    private readonly double[] _covariance;
    private readonly double[] _cross;
    private readonly double[] _gain;

    public RecursiveLeastSquares(ReadOnlySpan<double> priorVariance)
    {
        _priorVariance = priorVariance.ToArray();
        int n = _priorVariance.Length;
        _estimate = new double[n];
        _covariance = new double[n * n];
        _cross = new double[n];
        _gain = new double[n];
        Reset();
    }

    public ReadOnlySpan<double> Estimate => _estimate;

    /// <summary>Row by row; symmetric.</summary>
    public ReadOnlySpan<double> Covariance => _covariance;

    /// <summary>Back to the prior.</summary>
    public void Reset()
    {
        Array.Clear(_estimate);
        Array.Clear(_covariance);
        for (int i = 0; i < _priorVariance.Length; i++)
            _covariance[i * _priorVariance.Length + i] = _priorVariance[i];
    }

    /// <summary>What the parameters make of a regressor row.</summary>
    public double Predict(ReadOnlySpan<double> row) => Dot(row, _estimate);

    /// <summary>
    /// Forgets how certain the estimate is, not what it is: the covariance returns to the prior's by this part. It stays positive definite
    /// and never grows beyond the prior, however little the motion tells (Kulhavý, Zarrop, "On a General Concept of Forgetting", 1993).
    /// </summary>
    public void Forget(double part)
    {
        for (int i = 0; i < _covariance.Length; i++)
            _covariance[i] *= 1.0 - part;
        for (int i = 0; i < _priorVariance.Length; i++)
            _covariance[i * _priorVariance.Length + i] += part * _priorVariance[i];
    }

    /// <summary>
    /// Takes in measured = row · parameters + noise of this variance. False when a number was not finite: what came in is then refused, and
    /// an estimate that overflowed is back at the prior.
    /// </summary>
    public bool Update(ReadOnlySpan<double> row, double measured, double variance)
    {
        int n = _estimate.Length;
        for (int i = 0; i < n; i++)
            _cross[i] = Dot(row, _covariance.AsSpan(i * n, n));
        double explained = Dot(row, _cross);
        double total = explained + variance;
        double innovation = measured - Predict(row);
        if (!double.IsFinite(innovation) || !double.IsFinite(total) || !(total > 0.0))
            return false;

        bool finite = true;
        for (int i = 0; i < n; i++)
        {
            _gain[i] = _cross[i] / total;
            _estimate[i] += _gain[i] * innovation;
            finite &= double.IsFinite(_estimate[i]) && double.IsFinite(_gain[i]);
        }

        if (!finite)
        {
            Reset();
            return false;
        }

        Contract(explained, variance);
        return true;
    }

    /// <summary>(I - k hᵀ) P (I - k hᵀ)ᵀ + r k kᵀ: stays positive definite where the short form P - k hᵀ P loses it to rounding.</summary>
    private void Contract(double explained, double variance)
    {
        int n = _estimate.Length;
        for (int i = 0; i < n; i++)
        {
            double rest = _cross[i] - _gain[i] * explained - variance * _gain[i];
            double gain = _gain[i];
            for (int j = i; j < n; j++)
            {
                double contracted = _covariance[i * n + j] - gain * _cross[j] - rest * _gain[j];
                _covariance[i * n + j] = contracted;
                _covariance[j * n + i] = contracted;
            }
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0.0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
