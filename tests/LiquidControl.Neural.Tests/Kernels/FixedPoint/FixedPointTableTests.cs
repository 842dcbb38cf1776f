using LiquidControl.Neural.Kernels;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests.Kernels;

public unsafe class FixedPointTableTests
{
    [Fact]
    public void Straight_pieces_follow_their_functions()
    {
        Check16(Int16Table.Tanh(), Elementary.Tanh, 9e-6);
        Check16(Int16Table.ErrorFunction(), Elementary.Erf, 9e-6);
        Check16(Int16Table.Decay(), x => 1.0 - Elementary.Exp(-2.0 * x), 2.2e-5);
    }

    [Fact]
    public void Cubic_pieces_follow_their_functions()
    {
        Check32(Int32Table.Tanh(), Elementary.Tanh, 1e-8);
        Check32(Int32Table.ErrorFunction(), Elementary.Erf, 1e-8);
        Check32(Int32Table.Decay(), x => 1.0 - Elementary.Exp(-2.0 * x), 2e-8);
    }

    [Fact]
    public void Tables_are_odd_and_end_at_one()
    {
        Int16Table tanh = Int16Table.Tanh();
        foreach (int x in new[] { 0, 1, 12345, 1 << 20, 7 << 20, 9 << 20, int.MaxValue })
        {
            Assert.Equal(-At(tanh, x), At(tanh, -x));
            Assert.Equal(-Int32Table.Tanh().Odd(x), Int32Table.Tanh().Odd(-x));
        }

        Assert.Equal(0, At(tanh, 0));
        Assert.InRange(At(tanh, int.MaxValue), (1 << 18) - 2, 1 << 18);
        Assert.InRange(Int32Table.Tanh().Odd(long.MaxValue), Int32Table.One - 2, Int32Table.One);
    }

    private static int At(Int16Table table, int x) => Int16Functions<Int16Scalar, int>.Odd(table.Entries, x);

    private static void Check16(Int16Table table, Func<double, double> function, double bound)
    {
        double largest = 0.0;
        for (int x = 0; x < 9 << 20; x += 331)
        {
            largest = Math.Max(largest, Math.Abs(At(table, x) / (double)(1 << 18) - function(x / (double)(1 << 20))));
        }

        Assert.InRange(largest, 1e-6, bound);
    }

    private static void Check32(Int32Table table, Func<double, double> function, double bound)
    {
        double largest = 0.0;
        for (long x = 0; x < 17L << 26; x += 33_331)
        {
            largest = Math.Max(largest, Math.Abs(table.Odd(x) / (double)Int32Table.One - function(x / (double)(1 << 26))));
        }

        Assert.InRange(largest, 1e-10, bound);
    }
}
