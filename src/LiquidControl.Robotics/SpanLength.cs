using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LiquidControl.Robotics;

/// <summary>The one check of a span's length that per-cycle functions make; the throw stays out of line.</summary>
internal static class SpanLength
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Require(int length, int expected, string argument)
    {
        if (length != expected)
        {
            Throw(length, expected, argument);
        }
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw(int length, int expected, string argument) =>
        throw new ArgumentException($"{expected} values expected, {length} given.", argument);
}
