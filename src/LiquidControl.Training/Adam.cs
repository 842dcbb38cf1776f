namespace LiquidControl.Training;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1): moving averages of the gradient and its square, both corrected for their start at zero.
/// </summary>
/// <param name="count">Number of parameters.</param>
public sealed class Adam(int count) : Optimiser
{
    public const double Beta1 = 0.9;
    public const double Beta2 = 0.999;
    public const double Epsilon = 1e-8;

    private readonly float[] _mean = new float[count];
    private readonly float[] _square = new float[count];

    /// <summary>Beta1 and Beta2, each to the power of the steps so far.</summary>
    private readonly double[] _decay = [1.0, 1.0];

    internal override IEnumerable<(string Name, Array Values)> State => [("mean", _mean), ("square", _square), ("decay", _decay)];

    public override void Move(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(parameters.Length, _mean.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, _mean.Length);
        _decay[0] *= Beta1;
        _decay[1] *= Beta2;
        double meanCorrection = 1.0 / (1.0 - _decay[0]);
        double squareCorrection = 1.0 / (1.0 - _decay[1]);
        for (int i = 0; i < parameters.Length; i++)
        {
            double g = gradient[i];
            double mean = (Beta1 * _mean[i]) + ((1.0 - Beta1) * g);
            double square = (Beta2 * _square[i]) + ((1.0 - Beta2) * g * g);
            _mean[i] = (float)mean;
            _square[i] = (float)square;
            double direction = mean * meanCorrection / (Math.Sqrt(square * squareCorrection) + Epsilon);
            parameters[i] = (float)(parameters[i] - (learningRate * direction));
        }
    }
}
