namespace LiquidControl.Training.Tests.Observing;

/// <summary>Square matrices, row-major, for reference computations.</summary>
internal static class DenseMatrix
{
    public static double[] Times(double[] matrix, double[] vector)
    {
        int n = vector.Length;
        return [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => matrix[(i * n) + j] * vector[j]))];
    }

    public static double[] Product(double[] a, double[] b)
    {
        int n = (int)Math.Sqrt(a.Length);
        return [.. Enumerable.Range(0, n * n).Select(k => Enumerable.Range(0, n).Sum(j => a[(k / n * n) + j] * b[(j * n) + (k % n)]))];
    }

    public static double[] Transposed(double[] a)
    {
        int n = (int)Math.Sqrt(a.Length);
        return [.. Enumerable.Range(0, n * n).Select(k => a[(k % n * n) + (k / n)])];
    }

    public static double[] Add(double[] a, double[] b) => [.. a.Zip(b, static (x, y) => x + y)];

    /// <summary>L of a positive definite matrix L Lᵀ.</summary>
    public static double[] Cholesky(double[] matrix)
    {
        int n = (int)Math.Sqrt(matrix.Length);
        double[] root = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
            {
                double left = matrix[(i * n) + j];
                for (int k = 0; k < j; k++)
                    left -= root[(i * n) + k] * root[(j * n) + k];
                root[(i * n) + j] = i == j ? Math.Sqrt(left) : left / root[(j * n) + j];
            }

        return root;
    }

    /// <summary>x of A x = b, A positive definite.</summary>
    public static double[] Solve(double[] matrix, double[] right)
    {
        int n = right.Length;
        double[] root = Cholesky(matrix), x = [.. right];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
                x[i] -= root[(i * n) + j] * x[j];
            x[i] /= root[(i * n) + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++)
                x[i] -= root[(j * n) + i] * x[j];
            x[i] /= root[(i * n) + i];
        }

        return x;
    }
}
