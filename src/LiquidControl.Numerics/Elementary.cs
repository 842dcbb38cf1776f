using System.Numerics;

namespace LiquidControl.Numerics;

/// <summary>
/// Elementary functions with the same bits on every machine: only + - * / and square root, each rounded once by IEEE 754, in one written
/// order, plus integer work on the bits. The platform's own functions differ between x64 and arm64 and between C libraries.
/// </summary>
/// <remarks>
/// The polynomial and rational coefficients are the published minimax sets of fdlibm (Sun Microsystems, 1993) and, for the small
/// arguments of tanh, of Cephes (Moshier, 1984 to 2000). Each function states the largest error seen against 50-digit references
/// (tests/LiquidControl.Numerics.Tests/reference), in units of the last place of the exact result.
/// </remarks>
public static partial class Elementary
{
    /// <summary>e^x, computed in double and rounded to <typeparamref name="T"/>.</summary>
    public static T Exp<T>(T x) where T : IBinaryFloatingPointIeee754<T> => T.CreateTruncating(Exp(double.CreateTruncating(x)));

    /// <summary>tanh x, computed in double and rounded to <typeparamref name="T"/>.</summary>
    public static T Tanh<T>(T x) where T : IBinaryFloatingPointIeee754<T> => T.CreateTruncating(Tanh(double.CreateTruncating(x)));

    /// <summary>erf x, computed in double and rounded to <typeparamref name="T"/>.</summary>
    public static T Erf<T>(T x) where T : IBinaryFloatingPointIeee754<T> => T.CreateTruncating(Erf(double.CreateTruncating(x)));

    /// <summary><see cref="Sigmoid(double)"/>, computed in double and rounded to <typeparamref name="T"/>.</summary>
    public static T Sigmoid<T>(T x) where T : IBinaryFloatingPointIeee754<T> => T.CreateTruncating(Sigmoid(double.CreateTruncating(x)));
}
