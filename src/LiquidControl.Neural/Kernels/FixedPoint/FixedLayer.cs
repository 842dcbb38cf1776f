namespace LiquidControl.Neural.Kernels;

/// <summary>
/// y = W z + b with z in fractions of full scale, before it becomes integers: every scale of inputs and outputs is multiplied into the
/// weights, so that the largest value a row can have is the sum of their magnitudes.
/// </summary>
internal sealed class FixedLayer
{
    private readonly double[] _weight;
    private readonly double[] _bias;

    /// <param name="tensor">The key of the tensor a complaint about its range names.</param>
    /// <param name="source">What the layer reads.</param>
    /// <param name="rows">Length of y.</param>
    public FixedLayer(string tensor, FixedVector source, int rows)
    {
        Tensor = tensor;
        Source = source;
        Rows = rows;
        _weight = new double[rows * source.Length];
        _bias = new double[rows];
    }

    public string Tensor { get; }

    public FixedVector Source { get; }

    public int Rows { get; }

    public ReadOnlySpan<double> Weights(int row) => _weight.AsSpan(row * Source.Length, Source.Length);

    public double Bias(int row) => _bias[row];

    /// <summary>Sets as many rows as there are biases.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="weight">Row-major, [rows, length of the input].</param>
    /// <param name="mask">Factors of the weights; empty: all 1.</param>
    /// <param name="bias">One a row.</param>
    /// <param name="factor">Of both.</param>
    public void Set(int first, ReadOnlySpan<double> weight, ReadOnlySpan<double> mask, ReadOnlySpan<double> bias, double factor)
    {
        int inputs = weight.Length / bias.Length;
        for (int row = 0; row < bias.Length; row++)
        {
            _bias[first + row] = factor * bias[row];
            for (int column = 0; column < Source.Length; column++)
            {
                FixedColumn place = Source[column];
                if (place.Source < 0) continue;
                int index = row * inputs + place.Source;
                double value = mask.IsEmpty ? weight[index] : weight[index] * mask[index];
                _weight[(first + row) * Source.Length + column] = factor * value * place.Scale;
            }
        }
    }

    public void Scale(int row, double factor)
    {
        _bias[row] *= factor;
        foreach (ref double weight in _weight.AsSpan(row * Source.Length, Source.Length)) weight *= factor;
    }

    /// <summary>The largest magnitude that a row of y can have.</summary>
    public double Bound(int row)
    {
        double bound = Math.Abs(_bias[row]);
        ReadOnlySpan<double> weights = Weights(row);
        for (int column = 0; column < weights.Length; column++) bound += Math.Abs(weights[column]) * Source[column].Reach;
        return bound;
    }

    /// <summary>What is wrong with a layer whose bound is not below a limit.</summary>
    public ModelFormatException Overflow(double limit) => new(
        $"tensor '{Tensor}'", "range", $"sums up to {LargestBound():G4}", $"below {limit}, or the accumulator would overflow",
        "Declare smaller ranges of inputs and state (liquidcontrol model quantize --calibrate), or compute in float.");

    public double LargestBound()
    {
        double largest = 0.0;
        for (int row = 0; row < Rows; row++) largest = Math.Max(largest, Bound(row));
        return largest;
    }
}
