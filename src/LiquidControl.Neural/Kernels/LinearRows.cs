namespace LiquidControl.Neural.Kernels;

/// <summary>A linear layer y = W z + b before it is packed: row-major W [rows, columns] in double, with factors folded into it.</summary>
internal sealed class LinearRows
{
    private readonly double[] _weight;
    private readonly double[] _bias;

    private LinearRows(int columns, double[] weight, double[] bias)
    {
        Columns = columns;
        _weight = weight;
        _bias = bias;
    }

    public int Rows => _bias.Length;

    public int Columns { get; }

    /// <summary>A layer of a network; without a bias it is zero.</summary>
    /// <param name="weights">Where the tensors are.</param>
    /// <param name="key">Their key, without .weight and .bias.</param>
    /// <param name="mask">Factors of the weights; empty: all 1.</param>
    public static LinearRows Read(NetworkWeights weights, string key, ReadOnlySpan<double> mask = default)
    {
        double[] weight = weights[key + CfcKeys.Weight].ToArray();
        for (int i = 0; i < mask.Length; i++) weight[i] *= mask[i];
        int rows = weights.Tensors.First(tensor => tensor.Key == key + CfcKeys.Weight).Shape[0];
        double[] bias = weights.Has(key + CfcKeys.Bias) ? weights[key + CfcKeys.Bias].ToArray() : new double[rows];
        return new LinearRows(weight.Length / rows, weight, bias);
    }

    public double Weight(int row, int column) => _weight[row * Columns + column];

    public double Bias(int row) => _bias[row];

    /// <summary>The largest magnitude of any output, or of any part of its sum.</summary>
    /// <param name="input">Of each of the layer's inputs.</param>
    public double LargestSum(double input) => Enumerable.Range(0, Rows)
        .Max(row => double.Abs(_bias[row]) + input * _weight.AsSpan(row * Columns, Columns).ToArray().Sum(double.Abs));

    /// <summary>This layer's rows, then the other's.</summary>
    public LinearRows Above(LinearRows other) => new(Columns, [.. _weight, .. other._weight], [.. _bias, .. other._bias]);

    /// <summary>This layer's columns, then the other's; biases add.</summary>
    public LinearRows Beside(LinearRows other)
    {
        int columns = Columns + other.Columns;
        double[] weight = new double[Rows * columns];
        double[] bias = new double[Rows];
        for (int row = 0; row < Rows; row++)
        {
            Span<double> joined = weight.AsSpan(row * columns, columns);
            _weight.AsSpan(row * Columns, Columns).CopyTo(joined);
            other._weight.AsSpan(row * other.Columns, other.Columns).CopyTo(joined[Columns..]);
            bias[row] = _bias[row] + other._bias[row];
        }

        return new LinearRows(columns, weight, bias);
    }

    /// <summary>a y, where y is this layer's output.</summary>
    public LinearRows Scaled(double factor) =>
        new(Columns, [.. _weight.Select(w => factor * w)], [.. _bias.Select(b => factor * b)]);

    /// <summary>The layer of a z, where z is this layer's input.</summary>
    public LinearRows OfScaledInput(double factor) => new(Columns, [.. _weight.Select(w => factor * w)], _bias);

    /// <summary>Some of the rows.</summary>
    public LinearRows Part(int first, int count) =>
        new(Columns, _weight[(first * Columns)..((first + count) * Columns)], _bias[first..(first + count)]);

    /// <summary>y + other y.</summary>
    public LinearRows Plus(LinearRows other) =>
        new(Columns, [.. _weight.Zip(other._weight, (a, b) => a + b)], [.. _bias.Zip(other._bias, (a, b) => a + b)]);

    /// <summary>y + a, in the rows from <paramref name="first"/> on.</summary>
    public LinearRows PlusBias(double a, int first, int count) =>
        new(Columns, _weight, [.. _bias.Select((b, row) => row >= first && row < first + count ? b + a : b)]);

    /// <summary>Rows and columns in another order: row i is the old row <paramref name="rows"/>[i], and so the columns.</summary>
    public LinearRows Reordered(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns)
    {
        double[] weight = new double[rows.Length * columns.Length];
        double[] bias = new double[rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            bias[row] = _bias[rows[row]];
            for (int column = 0; column < columns.Length; column++)
                weight[row * columns.Length + column] = Weight(rows[row], columns[column]);
        }

        return new LinearRows(columns.Length, weight, bias);
    }
}
