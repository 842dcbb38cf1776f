using Xunit;

namespace LiquidControl.Robotics.Tests;

/// <summary>Comparisons of vectors whose failure says where and by how much.</summary>
internal static class Expect
{
    /// <summary>Largest difference over the largest expected entry.</summary>
    public static double RelativeError(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double size = 0, error = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            size = Math.Max(size, Math.Abs(expected[i]));
            error = Math.Max(error, Math.Abs(expected[i] - actual[i]));
        }

        return size > 0 ? error / size : error;
    }

    public static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double relativeTolerance, string where)
    {
        double error = RelativeError(expected, actual);
        Assert.True(error <= relativeTolerance, $"{where}: relative error {error:e2}, at most {relativeTolerance:e0} allowed");
    }
}
