using System.Collections.Immutable;
using LiquidControl.Numerics;

namespace LiquidControl.Neural.Explanation;

/// <summary>Gauss–Legendre quadrature on [0, 1]: exact for polynomials up to degree 2n - 1 (Golub and Welsch 1969).</summary>
internal sealed class GaussLegendre
{
    private const int NewtonSteps = 100;

    public GaussLegendre(int points)
    {
        double[] place = new double[points];
        double[] weight = new double[points];
        for (int i = 0; i < points; i++)
        {
            double x = Elementary.Cos(Math.PI * (i + 0.75) / (points + 0.5));
            double slope = 0.0;
            for (int step = 0; step < NewtonSteps; step++)
            {
                (double value, slope) = Legendre(points, x);
                double next = x - value / slope;
                if (next == x) break;
                x = next;
            }

            place[i] = 0.5 * (1.0 + x);
            weight[i] = 1.0 / ((1.0 - x * x) * slope * slope);
        }

        Places = [.. place];
        Weights = [.. weight];
    }

    public ImmutableArray<double> Places { get; }

    /// <summary>They add up to 1.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>P_n(x) and its derivative.</summary>
    private static (double Value, double Slope) Legendre(int n, double x)
    {
        double before = 1.0;
        double value = x;
        for (int k = 2; k <= n; k++) (before, value) = (value, ((2 * k - 1) * x * value - (k - 1) * before) / k);
        return (value, n * (x * value - before) / (x * x - 1.0));
    }
}
