using Xunit;

namespace LiquidControl.Numerics.Tests;

/// <summary>Constants measured once on x64: any machine, runtime or compiler with other bits fails here.</summary>
public class KnownBitsTests
{
    [Fact]
    public void A_hundred_thousand_evaluations_have_the_recorded_bits()
    {
        StateHash hash = default;
        RandomStream random = new(20240601);
        for (int i = 0; i < 10_000; i++)
        {
            double u = random.Uniform(-1, 1);
            double x = random.Normal() * Elementary.Exp(random.Uniform(-8, 14));
            hash.Add(Elementary.Sin(x));
            hash.Add(Elementary.Cos(x * 1e100));
            hash.Add(Elementary.Asin(u));
            hash.Add(Elementary.Acos(u));
            hash.Add(Elementary.Atan2(u, x));
            hash.Add(Elementary.Exp(700 * u));
            hash.Add(Elementary.Log(Math.Abs(x)));
            hash.Add(Elementary.Tanh(5 * u));
            hash.Add(Elementary.Erf(6 * u));
            hash.Add(Elementary.Sigmoid((float)(20 * u)));
        }

        Assert.Equal(9604600778297124549UL, hash.Value);
    }

    [Fact]
    public void The_hash_sees_order_length_and_the_sign_of_zero_but_not_the_payload_of_nan()
    {
        Assert.NotEqual(Hash(1, 2), Hash(2, 1));
        Assert.NotEqual(Hash(0), Hash(0, 0));
        Assert.NotEqual(Hash(0.0), Hash(-0.0));
        Assert.NotEqual(Hash(1.0), Hash(Math.BitIncrement(1.0)));
        Assert.Equal(Hash(double.NaN), Hash(BitConverter.UInt64BitsToDouble(0xFFF8_0000_0000_1234)));
    }

    private static ulong Hash(params double[] values)
    {
        StateHash hash = default;
        hash.Add(values);
        return hash.Value;
    }
}
