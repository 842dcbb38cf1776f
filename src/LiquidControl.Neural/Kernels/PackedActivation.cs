namespace LiquidControl.Neural.Kernels;

/// <summary>The activation of a backbone layer, in place, over whole pairs of vectors.</summary>
internal static unsafe class PackedActivation<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const float InverseSqrt2 = 0.70710677f;

    /// <summary>What the layer's weights and biases are multiplied by, so that the activation need not.</summary>
    public static double Slope(Activation activation) => activation == Activation.LecunTanh ? ActivationFunction.LecunSlope : 1.0;

    /// <summary>What the next layer's weights are multiplied by, so that the activation need not.</summary>
    public static double Amplitude(Activation activation) =>
        activation == Activation.LecunTanh ? ActivationFunction.LecunAmplitude : 1.0;

    public static void Apply(Activation activation, float* values, int length)
    {
        switch (activation)
        {
            case Activation.LecunTanh or Activation.Tanh: ApplyTanh(values, length); break;
            case Activation.Relu: ApplyRelu(values, length); break;
            case Activation.Silu: ApplySilu(values, length); break;
            case Activation.Gelu: ApplyGelu(values, length); break;
        }
    }

    private static void ApplyTanh(float* values, int length)
    {
        for (float* end = values + length; values < end; values += TSimd.Width)
            TSimd.Store(FloatFunctions<TSimd, TVector>.Tanh(TSimd.Load(values)), values);
    }

    private static void ApplyRelu(float* values, int length)
    {
        for (float* end = values + length; values < end; values += TSimd.Width)
            TSimd.Store(TSimd.AtLeast(TSimd.Create(0f), TSimd.Load(values)), values);
    }

    private static void ApplySilu(float* values, int length)
    {
        TVector half = TSimd.Create(0.5f);
        for (float* end = values + length; values < end; values += TSimd.Width)
        {
            TVector x = TSimd.Load(values);
            TSimd.Store(TSimd.Multiply(x, FloatFunctions<TSimd, TVector>.SigmoidOfDouble(TSimd.Multiply(half, x))), values);
        }
    }

    private static void ApplyGelu(float* values, int length)
    {
        TVector half = TSimd.Create(0.5f), slope = TSimd.Create(InverseSqrt2);
        for (float* end = values + length; values < end; values += TSimd.Width)
        {
            TVector x = TSimd.Multiply(half, TSimd.Load(values));
            TVector erf = FloatFunctions<TSimd, TVector>.Erf(TSimd.Multiply(slope, TSimd.Load(values)));
            TSimd.Store(TSimd.MultiplyAdd(x, erf, x), values);
        }
    }
}
