namespace LiquidControl.Numerics;

public static partial class Elementary
{
    private const double HalfPiHigh = 1.57079632679489655800e+00;
    private const double HalfPiLow = 6.12323399573676603587e-17;
    private const double PiHigh = 3.14159265358979311600e+00;
    private const double PiLow = 1.22464679914735317720e-16;

    /// <summary>Arc sine in rad, in [-π/2, π/2]. Error at most 0.80 ulp; NaN outside [-1, 1].</summary>
    public static double Asin(double x)
    {
        double a = Math.Abs(x);
        if (!(a <= 1.0)) return double.NaN;
        if (a < 7.450580596923828e-09) return x;
        if (a < 0.5) return x + x * AsinTail(x * x);

        // asin a = π/2 - 2 asin √((1 - a)/2); the square root is carried in two parts.
        double z = 0.5 * (1.0 - a);
        double s = Math.Sqrt(z);
        double tail = AsinTail(z);
        double y;
        if (a >= 0.975)
        {
            y = HalfPiHigh - (2.0 * (s + s * tail) - HalfPiLow);
        }
        else
        {
            double high = ClearLowWord(s);
            double low = (z - high * high) / (s + high);
            double p = 2.0 * s * tail - (HalfPiLow - 2.0 * low);
            double q = QuarterPi - 2.0 * high;
            y = QuarterPi - (p - q);
        }

        return x < 0.0 ? -y : y;
    }

    /// <summary>Arc cosine in rad, in [0, π]. Error at most 0.87 ulp; NaN outside [-1, 1].</summary>
    public static double Acos(double x)
    {
        double a = Math.Abs(x);
        if (!(a <= 1.0)) return double.NaN;
        if (a < 0.5) return HalfPiHigh - (x - (HalfPiLow - x * AsinTail(x * x)));

        double z = 0.5 * (1.0 - a);
        double s = Math.Sqrt(z);
        double tail = AsinTail(z);
        if (x < 0.0) return PiHigh - 2.0 * (s + (tail * s - HalfPiLow));
        if (z == 0.0) return 0.0;
        double high = ClearLowWord(s);
        double low = (z - high * high) / (s + high);
        return 2.0 * (high + (tail * s + low));
    }

    /// <summary>
    /// Angle in rad of the point (x, y), in [-π, π], with the signs of zero and the infinities as in C. Error at most 0.85 ulp.
    /// </summary>
    public static double Atan2(double y, double x)
    {
        if (double.IsNaN(x) || double.IsNaN(y)) return double.NaN;
        double angle = FirstQuadrantAngle(Math.Abs(y), Math.Abs(x), out double low);
        if (double.IsNegative(x)) angle = PiHigh - (angle - (PiLow - low));
        else angle += low;
        return double.IsNegative(y) ? -angle : angle;
    }

    /// <summary>atan(y / x) for non-negative x and y, as the sum of the result and a low part.</summary>
    private static double FirstQuadrantAngle(double y, double x, out double low)
    {
        low = 0.0;
        if (double.IsInfinity(y) && double.IsInfinity(x)) return QuarterPi;
        if (y == 0.0 || double.IsInfinity(x)) return 0.0;
        if (x == 0.0 || double.IsInfinity(y))
        {
            low = HalfPiLow;
            return HalfPiHigh;
        }

        if (Math.Max(x, y) > 1.0e306)
        {
            x *= 0.00390625;
            y *= 0.00390625;
        }
        else if (x < 1.0e-200 && y < 1.0e-200)
        {
            x *= 1.3407807929942597e+154; // 2^512: subnormal products would be rounded coarsely
            y *= 1.3407807929942597e+154;
        }

        // atan(y/x) = atan c + atan((y - c x) / (x + c y)), c = 0, ½, 1, 3/2 or ∞, whichever leaves the smallest argument.
        // Dividing only after the subtraction, which is exact or nearly so, spares the rounding of y/x.
        double t;
        double angle;
        if (16.0 * y < 7.0 * x)
        {
            // Nothing was subtracted here, so the rounding of y/x is given back: its remainder is exact in a fused product.
            t = y / x;
            double remainder = y < 1.0e-280 ? 0.0 : Math.FusedMultiplyAdd(-t, x, y) / x;
            return t - (t * AtanTail(t * t) - remainder);
        }

        if (16.0 * y < 11.0 * x)
        {
            t = (2.0 * y - x) / (2.0 * x + y);
            angle = 4.63647609000806093515e-01;
            low = 2.26987774529616870924e-17;
        }
        else if (16.0 * y < 19.0 * x)
        {
            t = (y - x) / (y + x);
            angle = QuarterPi;
            low = 3.06161699786838301793e-17;
        }
        else if (16.0 * y < 39.0 * x)
        {
            t = (2.0 * (y - x) - x) / (2.0 * x + 3.0 * y);
            angle = 9.82793723247329054082e-01;
            low = 1.39033110312309984516e-17;
        }
        else
        {
            t = -(x / y);
            angle = HalfPiHigh;
            low = HalfPiLow;
        }

        low -= t * AtanTail(t * t) - t;
        return angle;
    }

    /// <summary>1 - atan(t)/t as a polynomial of z = t², |t| ≤ 7/16.</summary>
    private static double AtanTail(double z)
    {
        double w = z * z;
        double odd = z * (3.33333333333329318027e-01 + w * (1.42857142725034663711e-01 + w * (9.09088713343650656196e-02
            + w * (6.66107313738753120669e-02 + w * (4.97687799461593236017e-02 + w * 1.62858201153657823623e-02)))));
        double even = w * (-1.99999999998764832476e-01 + w * (-1.11111104054623557880e-01 + w * (-7.69187620504482999495e-02
            + w * (-5.83357013379057348645e-02 + w * -3.65315727442169155270e-02))));
        return odd + even;
    }

    /// <summary>asin(t)/t - 1 as a rational function of z = t², |t| ≤ ½.</summary>
    private static double AsinTail(double z)
    {
        double p = z * (1.66666666666666657415e-01 + z * (-3.25565818622400915405e-01 + z * (2.01212532134862925881e-01
            + z * (-4.00555345006794114027e-02 + z * (7.91534994289814532176e-04 + z * 3.47933107596021167570e-05)))));
        double q = 1.0 + z * (-2.40339491173441421878e+00 + z * (2.02094576023350569471e+00 + z * (-6.88283971605453293030e-01
            + z * 7.70381505559019352791e-02)));
        return p / q;
    }

    /// <summary>The leading 21 bits of a double: their square is exact.</summary>
    private static double ClearLowWord(double x) =>
        BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) & unchecked((long)0xFFFF_FFFF_0000_0000));
}
