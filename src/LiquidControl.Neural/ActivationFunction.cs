using System.Numerics;
using LiquidControl.Numerics;

namespace LiquidControl.Neural;

/// <summary>The activations, element by element and in place.</summary>
internal static class ActivationFunction
{
    private const double InverseSqrt2 = 0.70710678118654752440;

    public static void Apply<T>(Activation activation, Span<T> values) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case Activation.LecunTanh:
                ApplyLecunTanh(values);
                break;
            case Activation.Tanh:
                ApplyTanh(values);
                break;
            case Activation.Relu:
                foreach (ref T value in values) value = value > T.Zero ? value : T.Zero;
                break;
            case Activation.Silu:
                foreach (ref T value in values) value *= Elementary.Sigmoid(value);
                break;
            case Activation.Gelu:
                T half = T.CreateTruncating(0.5);
                T inverseSqrt2 = T.CreateTruncating(InverseSqrt2);
                foreach (ref T value in values) value = half * value * (T.One + Elementary.Erf(value * inverseSqrt2));
                break;
        }
    }

    public static void Apply<T>(HeadActivation activation, Span<T> values) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (activation == HeadActivation.Tanh) ApplyTanh(values);
        else if (activation == HeadActivation.LecunTanh) ApplyLecunTanh(values);
    }

    private static void ApplyTanh<T>(Span<T> values) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T value in values) value = Elementary.Tanh(value);
    }

    private static void ApplyLecunTanh<T>(Span<T> values) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        T amplitude = T.CreateTruncating(LecunTanh.Amplitude);
        T slope = T.CreateTruncating(LecunTanh.Slope);
        foreach (ref T value in values) value = amplitude * Elementary.Tanh(slope * value);
    }
}
