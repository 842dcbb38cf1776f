using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>Where parameters start from.</summary>
internal static class ParameterStart
{
    /// <summary>±<paramref name="bound"/>, uniform.</summary>
    public static Action<RandomStream, Span<float>> Within(double bound) => Between(-bound, bound);

    public static Action<RandomStream, Span<float>> Between(double low, double high) => (random, values) =>
    {
        foreach (ref float value in values)
            value = (float)random.Uniform(low, high);
    };

    /// <summary>Xavier (Glorot and Bengio 2010), uniform: ±√(6 / (in + out)).</summary>
    public static Action<RandomStream, Span<float>> Xavier(int outputs, int inputs) => Within(Math.Sqrt(6.0 / (inputs + outputs)));

    /// <summary>±1/√in: biases of the reference library's linear layers, and the weights too of plain ones (torch's Linear).</summary>
    public static Action<RandomStream, Span<float>> Linear(int inputs) => Within(1.0 / Math.Sqrt(inputs));

    public static Action<RandomStream, Span<float>> Constant(float constant) => (_, values) => values.Fill(constant);

    public static Action<RandomStream, Span<float>> Given(ReadOnlySpan<double> given)
    {
        float[] copy = new float[given.Length];
        for (int i = 0; i < copy.Length; i++)
            copy[i] = (float)given[i];
        return (_, values) => copy.CopyTo(values);
    }

    /// <summary>
    /// Orthonormal columns, uniform over all such matrices (Saxe et al. 2014): normal numbers after Gram and Schmidt, twice.
    /// </summary>
    public static Action<RandomStream, Span<float>> Orthogonal(int rows, int columns) => (random, values) =>
    {
        double[][] column = [.. Enumerable.Range(0, columns).Select(_ => new double[rows])];
        for (int c = 0; c < columns; c++)
        {
            foreach (ref double x in column[c].AsSpan())
                x = random.Normal();
            // One pass loses what rounding left along the earlier columns; the second removes it.
            for (int before = 0; before < 2 * c; before++)
                Add(column[c], column[before % c], -Dot(column[c], column[before % c]));
            Add(column[c], column[c], (1.0 / Math.Sqrt(Dot(column[c], column[c]))) - 1.0);
            for (int r = 0; r < rows; r++)
                values[(r * columns) + c] = (float)column[c][r];
        }
    };

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0.0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void Add(double[] sum, double[] term, double factor)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += factor * term[i];
    }
}
