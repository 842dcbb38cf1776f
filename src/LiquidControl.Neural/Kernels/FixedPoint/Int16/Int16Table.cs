using LiquidControl.Numerics;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// A function from 0 to 8 that ends at 1, in 1024 straight pieces: largest error 9e-6 for tanh. An entry holds the piece's rise times
/// 2^19 in its upper 14 bits and its start times 2^18 in the lower 18.
/// </summary>
internal sealed unsafe class Int16Table
{
    /// <summary>Arguments are integers, times 2^20.</summary>
    public const int ArgumentBits = 20;

    /// <summary>Values are integers, times 2^18.</summary>
    public const int ValueBits = 18;

    /// <summary>Bits of an argument below the number of its piece.</summary>
    public const int PieceBits = 13;

    /// <summary>The last argument in the table.</summary>
    public const int LastArgument = (Pieces << PieceBits) - 1;

    private const int Pieces = 1024;
    private const double PiecesPerUnit = 128.0;

    private readonly AlignedBuffer<int> _entries = new(Pieces);

    private Int16Table(Func<double, double> function, bool odd)
    {
        for (int piece = 0; piece < Pieces; piece++)
        {
            double start = function(piece / PiecesPerUnit);
            double middle = function((piece + 0.5) / PiecesPerUnit);
            double end = function((piece + 1) / PiecesPerUnit);
            // Half of what a chord misses in its middle, to spread the error to both sides, and what rounding down loses on average.
            double shift = 0.5 * (middle - 0.5 * (start + end)) + 0.5 / (1 << ValueBits);
            int origin = (int)Math.Min(Math.Round((start + shift) * (1 << ValueBits)), (1 << ValueBits) - 1);
            int rise = (int)Math.Round((end - start) * (1 << ValueBits + 1));
            // At 0 there is no sign to give an odd function's value.
            if (odd && piece == 0) origin = 0;
            _entries.Span[piece] = rise << ValueBits | origin;
        }
    }

    public int* Entries => _entries.Pointer;

    public static Int16Table Tanh() => new(Elementary.Tanh, odd: true);

    /// <summary>1 - e^(-2 x).</summary>
    public static Int16Table Decay() => new(x => 1.0 - Elementary.Exp(-2.0 * x), odd: false);

    public static Int16Table ErrorFunction() => new(Elementary.Erf, odd: true);
}
