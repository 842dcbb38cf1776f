namespace LiquidControl.Neural.Certificates;

/// <summary>
/// What rounding can do to the numbers a network computes. With the unit roundoff u of the precision, a sum of n products in any order, with
/// fused multiply-add or without, lies within γ_n Σ|w x| of the exact one, γ_n = n u / (1 - n u) (Higham 2002, sections 3.1 and 4.2), and
/// within n smallest subnormals more where it underflows; a function of <see cref="LiquidControl.Numerics.Elementary"/> lies within 2.1 ulp
/// of double and one rounding to the precision. Weights are taken as the network rounds them, and inputs and timespans of the domain are
/// widened by one rounding. So what is proved holds for the numbers the network gives, and not only for the formula, in this precision and for
/// every order of summation.
/// </summary>
internal sealed class Rounding(Precision precision)
{
    private const double FunctionError = 8.0 * 1.1102230246251565e-16;

    private readonly double _unit = precision == Precision.Binary64 ? 1.1102230246251565e-16 : 5.9604644775390625e-8;
    private readonly double _smallest = precision == Precision.Binary64 ? double.Epsilon : float.Epsilon;

    /// <summary>A weight as the network holds it.</summary>
    public double Stored(double weight) => precision == Precision.Binary64 ? weight : (float)weight;

    public double[] Stored(ReadOnlySpan<double> weights)
    {
        double[] stored = weights.ToArray();
        for (int i = 0; i < stored.Length; i++) stored[i] = Stored(stored[i]);
        return stored;
    }

    /// <summary>What holds the value after some roundings, with the operands summing up to a magnitude.</summary>
    public Interval Widen(Interval exact, double magnitude, int roundings) =>
        exact.Widen(double.BitIncrement(double.BitIncrement(Gamma(roundings) * magnitude) + 2 * roundings * _smallest));

    /// <summary>What holds the value after some roundings that are each relative to it.</summary>
    public Interval Round(Interval exact, int roundings = 1) => Relative(exact, Gamma(roundings));

    /// <summary>What holds the exact value of a function and the computed one, given the values computed in double at the ends.</summary>
    public Interval Function(double lower, double upper) => Round(Relative(new(Math.Min(lower, upper), Math.Max(lower, upper)), FunctionError));

    private double Gamma(int roundings)
    {
        double n = roundings * _unit;
        return double.BitIncrement(double.BitIncrement(n / (1.0 - n)));
    }

    private Interval Relative(Interval exact, double error) => new(
        double.BitDecrement(exact.Lower - double.BitIncrement(Math.Abs(exact.Lower) * error) - _smallest),
        double.BitIncrement(exact.Upper + double.BitIncrement(Math.Abs(exact.Upper) * error) + _smallest));
}
