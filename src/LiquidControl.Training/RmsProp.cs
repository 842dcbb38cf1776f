namespace LiquidControl.Training;

/// <summary>
/// RMSprop (Tieleman and Hinton 2012) as Keras has it by default, without momentum and not centred: the step is the gradient over the root
/// of the moving average of its square. Epsilon stands outside the root, as in the Keras of TensorFlow 2 up to 2.10, which the paper's
/// recipes were run with (keras/optimizers/optimizer_v2/rmsprop.py); Keras 3 moved it inside.
/// </summary>
/// <param name="count">Number of parameters.</param>
public sealed class RmsProp(int count) : Optimiser
{
    public const double Rho = 0.9;
    public const double Epsilon = 1e-7;

    private readonly float[] _square = new float[count];

    internal override IEnumerable<(string Name, Array Values)> State => [("square", _square)];

    public override void Move(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(parameters.Length, _square.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, _square.Length);
        for (int i = 0; i < parameters.Length; i++)
        {
            double g = gradient[i];
            double square = (Rho * _square[i]) + ((1.0 - Rho) * g * g);
            _square[i] = (float)square;
            parameters[i] = (float)(parameters[i] - (learningRate * g / (Math.Sqrt(square) + Epsilon)));
        }
    }
}
