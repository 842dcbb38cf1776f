using LiquidControl.Numerics;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// A function from 0 to 16 that ends at 1, in 512 cubic pieces through four points each: largest error 1e-8. Arguments are times 2^26,
/// values and coefficients times 2^30.
/// </summary>
internal sealed unsafe class Int32Table
{
    public const int ArgumentBits = 26;
    public const int ValueBits = 30;
    public const long One = 1L << ValueBits;

    private const int Pieces = 512;
    private const double PiecesPerUnit = 32.0;
    private const int PieceBits = 21;
    private const long LastArgument = ((long)Pieces << PieceBits) - 1;
    private const int Coefficients = 4;

    private readonly AlignedBuffer<int> _coefficients = new(Coefficients * Pieces);

    private Int32Table(Func<double, double> function)
    {
        for (int piece = 0; piece < Pieces; piece++)
        {
            double f0 = function(piece / PiecesPerUnit);
            double f1 = function((piece + 1.0 / 3.0) / PiecesPerUnit);
            double f2 = function((piece + 2.0 / 3.0) / PiecesPerUnit);
            double f3 = function((piece + 1.0) / PiecesPerUnit);

            // Newton's forward differences over thirds of a piece, in powers of the part of the piece.
            double d1 = f1 - f0;
            double d2 = f2 - 2.0 * f1 + f0;
            double d3 = f3 - 3.0 * f2 + 3.0 * f1 - f0;
            Span<int> coefficients = _coefficients.Span.Slice(Coefficients * piece, Coefficients);
            coefficients[0] = Quantised(f0);
            coefficients[1] = Quantised(3.0 * (d1 - d2 / 2.0 + d3 / 3.0));
            coefficients[2] = Quantised(9.0 * (d2 - d3) / 2.0);
            coefficients[3] = Quantised(27.0 * d3 / 6.0);
        }
    }

    public static Int32Table Tanh() => new(Elementary.Tanh);

    /// <summary>1 - e^(-2 x).</summary>
    public static Int32Table Decay() => new(x => 1.0 - Elementary.Exp(-2.0 * x));

    public static Int32Table ErrorFunction() => new(Elementary.Erf);

    /// <summary>f(|x|) with the sign of x.</summary>
    public long Odd(long x) => x < 0 ? -AtPositive(-x) : AtPositive(x);

    /// <param name="x">Not negative.</param>
    public long AtPositive(long x)
    {
        if (x > LastArgument) x = LastArgument;
        int* c = _coefficients.Pointer + Coefficients * (x >> PieceBits);
        long part = x & ((1L << PieceBits) - 1);
        long value = c[2] + (c[3] * part >> PieceBits);
        value = c[1] + (value * part >> PieceBits);
        return c[0] + (value * part >> PieceBits);
    }

    /// <summary>The logistic function of twice the argument.</summary>
    public long Sigmoid(long half) => (Odd(half) + One) >> 1;

    private static int Quantised(double coefficient) => (int)Math.Round(coefficient * One);
}
