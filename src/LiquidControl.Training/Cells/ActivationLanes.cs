using System.Numerics;
using System.Runtime.Intrinsics;
using LiquidControl.Neural;

namespace LiquidControl.Training.Cells;

/// <summary>
/// The backbone's activations and their slopes as the reference library has them (ncps 1.0.1, torch; gelu in its exact erf form).
/// </summary>
internal static class ActivationLanes
{
    /// <summary>Replaces each x by its activation and writes the derivative at x beside it; whole rows of lanes.</summary>
    public static void Apply<T>(Activation activation, Span<T> values, Span<T> slopes) where T : struct, INumber<T>
    {
        ref T value = ref Lanes.Origin<T>(values, values.Length);
        ref T slope = ref Lanes.Origin<T>(slopes, values.Length);
        for (int i = 0; i < values.Length; i += Vector256<T>.Count)
        {
            Vector256<T> x = Lanes.Load(ref value, i);
            (Vector256<T> y, Vector256<T> dy) = activation switch
            {
                Activation.LecunTanh => LecunTanh(x),
                Activation.Tanh => Tanh(x),
                Activation.Relu => Relu(x),
                Activation.Silu => Silu(x),
                _ => Gelu(x),
            };
            Lanes.Store(y, ref value, i);
            Lanes.Store(dy, ref slope, i);
        }
    }

    private static (Vector256<T> Y, Vector256<T> Slope) Tanh<T>(Vector256<T> x) where T : struct
    {
        Vector256<T> y = LaneFunctions.Tanh(x);
        return (y, Vector256<T>.One - (y * y));
    }

    private static (Vector256<T> Y, Vector256<T> Slope) LecunTanh<T>(Vector256<T> x) where T : struct
    {
        Vector256<T> y = LaneFunctions.Tanh(Lanes.Constant<T>(Neural.LecunTanh.Slope) * x);
        return (Lanes.Constant<T>(Neural.LecunTanh.Amplitude) * y, Lanes.Constant<T>(Neural.LecunTanh.Amplitude * Neural.LecunTanh.Slope) * (Vector256<T>.One - (y * y)));
    }

    private static (Vector256<T> Y, Vector256<T> Slope) Relu<T>(Vector256<T> x) where T : struct
    {
        // Max keeps a not-a-number, which a comparison would turn into 0.
        Vector256<T> positive = Vector256.GreaterThan(x, Vector256<T>.Zero);
        return (Vector256.Max(x, Vector256<T>.Zero), positive & Vector256<T>.One);
    }

    private static (Vector256<T> Y, Vector256<T> Slope) Silu<T>(Vector256<T> x) where T : struct
    {
        Vector256<T> s = LaneFunctions.Sigmoid(x);
        return (x * s, s * Lanes.MultiplyAdd(x, Vector256<T>.One - s, Vector256<T>.One));
    }

    private static (Vector256<T> Y, Vector256<T> Slope) Gelu<T>(Vector256<T> x) where T : struct
    {
        Vector256<T> scaled = x * Lanes.Constant<T>(0.70710678118654752440);
        Vector256<T> cumulative = Lanes.Constant<T>(0.5) * (Vector256<T>.One + LaneFunctions.Erf(scaled));
        Vector256<T> density = Lanes.Constant<T>(0.39894228040143267794) * LaneFunctions.Exp(Lanes.Constant<T>(-0.5) * x * x);
        return (x * cumulative, Lanes.MultiplyAdd(x, density, cumulative));
    }
}
