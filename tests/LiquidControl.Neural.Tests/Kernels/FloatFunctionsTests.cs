using System.Runtime.Intrinsics;
using LiquidControl.Neural.Kernels;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests.Kernels;

/// <summary>The stated errors, over every 16th float of the range and beyond its ends; the vectors' bits are the scalar's.</summary>
public class FloatFunctionsTests
{
    [Fact]
    public void Tanh_is_within_its_error() =>
        AssertWithin(4.1e-7, 0f, 12f, FloatFunctions<SimdScalar, float>.Tanh, FloatFunctions<Simd256, Vector256<float>>.Tanh, Elementary.Tanh);

    [Fact]
    public void Erf_is_within_its_error() =>
        AssertWithin(4.5e-7, 0f, 6f, FloatFunctions<SimdScalar, float>.Erf, FloatFunctions<Simd256, Vector256<float>>.Erf, Elementary.Erf);

    [Fact]
    public void Exp_is_within_its_error()
    {
        float worst = 0f;
        for (float x = -87f; x <= 0f; x += 1e-4f)
        {
            float found = FloatFunctions<SimdScalar, float>.ExpOfNegative(x);
            Assert.Equal(found, FloatFunctions<Simd256, Vector256<float>>.ExpOfNegative(Vector256.Create(x))[5]);
            Assert.Equal(found, FloatFunctions<Simd128, Vector128<float>>.ExpOfNegative(Vector128.Create(x))[2]);
            double exact = Elementary.Exp((double)x);
            worst = float.Max(worst, (float)Math.Abs(found / exact - 1.0));
        }

        Assert.InRange(worst, 0f, 1.2e-7f);
        Assert.Equal(FloatFunctions<SimdScalar, float>.ExpOfNegative(-87f), FloatFunctions<SimdScalar, float>.ExpOfNegative(-1e30f));
    }

    [Fact]
    public void What_is_no_number_stays_none()
    {
        Assert.True(float.IsNaN(FloatFunctions<SimdScalar, float>.Tanh(float.NaN)));
        Assert.True(float.IsNaN(FloatFunctions<Simd128, Vector128<float>>.Tanh(Vector128.Create(float.NaN))[3]));
        Assert.True(float.IsNaN(FloatFunctions<Simd256, Vector256<float>>.Tanh(Vector256.Create(float.NaN))[3]));
        Assert.True(float.IsNaN(FloatFunctions<Simd256, Vector256<float>>.Erf(Vector256.Create(float.NaN))[3]));
    }

    private static void AssertWithin(
        double bound, float first, float last, Func<float, float> function, Func<Vector256<float>, Vector256<float>> vectors, Func<double, double> exact)
    {
        double worst = 0.0;
        int end = BitConverter.SingleToInt32Bits(last);
        for (int bits = BitConverter.SingleToInt32Bits(float.Max(first, 1e-6f)); bits <= end; bits += 97)
        {
            float x = BitConverter.Int32BitsToSingle(bits);
            float found = function(x);
            worst = Math.Max(worst, Math.Abs(found - exact(x)));
            Assert.Equal(-found, function(-x));
            if ((bits & 0xFF) == 0) Assert.Equal(found, vectors(Vector256.Create(x))[6]);
        }

        Assert.InRange(worst, 0.0, bound);
    }
}
