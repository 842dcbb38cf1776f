namespace LiquidControl.Neural.Certificates;

/// <summary>The heads of a CfC cell over ranges; see <see cref="Cfc{T}"/> for the formulas.</summary>
internal sealed class RangedCell
{
    private readonly CfcMode _mode;
    private readonly HeadActivation _activation;
    private readonly Rounding _rounding;
    private readonly Interval _timespan;
    private readonly RangedLayer _head1;
    private readonly RangedLayer? _head2;
    private readonly RangedLayer? _gateAtShortest;
    private readonly RangedLayer? _gateAtLongest;
    private readonly double[] _timeConstant = [];
    private readonly double[] _amplitude = [];

    public RangedCell(
        NetworkWeights weights, Func<string, string> key, CfcMode mode, HeadActivation activation, ReadOnlySpan<double> mask,
        Interval timespan, Rounding rounding)
    {
        _mode = mode;
        _activation = activation;
        _rounding = rounding;
        _timespan = timespan;
        _head1 = RangedLayer.Read(weights, key(CfcKeys.Head1), rounding, mask);
        if (mode == CfcMode.Pure)
        {
            _timeConstant = rounding.Stored(weights[key(CfcKeys.TimeConstant)]);
            _amplitude = rounding.Stored(weights[key(CfcKeys.Amplitude)]);
            return;
        }

        _head2 = RangedLayer.Read(weights, key(CfcKeys.Head2), rounding, mask);
        RangedLayer timeA = RangedLayer.Read(weights, key(CfcKeys.TimeA), rounding);
        RangedLayer timeB = RangedLayer.Read(weights, key(CfcKeys.TimeB), rounding);
        _gateAtShortest = RangedLayer.Blend(timeA, timeB, timespan.Lower);
        _gateAtLongest = RangedLayer.Blend(timeA, timeB, timespan.Upper);
    }

    public Ranged[] Advance(Ranged[] z)
    {
        Ranged[] head1 = _head1.Apply(z, _rounding);
        if (_mode == CfcMode.Pure) return [.. head1.Select((u, i) => Solve(u, _timeConstant[i], _amplitude[i]))];
        Ranged[] head2 = _head2!.Apply(z, _rounding);
        Ranged[] shortest = _gateAtShortest!.Apply(z, _rounding);
        Ranged[] longest = _gateAtLongest!.Apply(z, _rounding);
        Ranged[] state = new Ranged[head1.Length];
        for (int i = 0; i < state.Length; i++)
        {
            Ranged f1 = RangedFunctions.Head(_activation, head1[i], _rounding);
            Ranged f2 = RangedFunctions.Head(_activation, head2[i], _rounding);
            Ranged gate = RangedFunctions.Sigmoid(shortest[i].Hull(longest[i]), _rounding);
            state[i] = _mode == CfcMode.Default ? Blend(f1, f2, gate) : Add(f1, f2, gate);
        }

        return state;
    }

    /// <summary>f1 (1 - g) + g f2: it rises with both heads, and for given heads it is linear in g.</summary>
    private Ranged Blend(Ranged f1, Ranged f2, Ranged gate)
    {
        Interval g = gate.Value;
        double lower = Math.Min(At(f1.Value.Lower, f2.Value.Lower, g.Lower).Lower, At(f1.Value.Lower, f2.Value.Lower, g.Upper).Lower);
        double upper = Math.Max(At(f1.Value.Upper, f2.Value.Upper, g.Lower).Upper, At(f1.Value.Upper, f2.Value.Upper, g.Upper).Upper);
        Interval value = _rounding.Widen(new(lower, upper), 2.0 * (f1.Value.Magnitude + f2.Value.Magnitude), 4);
        Interval rest = (Interval.Point(1.0) - g).Intersect(new(0.0, 1.0));
        Interval[] slopes = Ranged.Sum(Ranged.Sum(f1.Scaled(rest), f2.Scaled(g)), gate.Scaled(f2.Value - f1.Value));
        return new(value, slopes);
    }

    private static Interval At(double f1, double f2, double g) =>
        Interval.Point(f1) * (Interval.Point(1.0) - Interval.Point(g)) + Interval.Point(g) * Interval.Point(f2);

    private Ranged Add(Ranged f1, Ranged f2, Ranged gate)
    {
        Interval value = _rounding.Widen(f1.Value + gate.Value * f2.Value, 2.0 * (f1.Value.Magnitude + f2.Value.Magnitude), 4);
        return new(value, Ranged.Sum(f1.Slopes, Ranged.Sum(f2.Scaled(gate.Value), gate.Scaled(f2.Value))));
    }

    /// <summary>
    /// A - A φ with φ = u exp(-t (|w| + |u|)): |φ| falls with t, and along |u| it rises to 1/t and falls from there. The two roundings of the
    /// exponent are as good as another t.
    /// </summary>
    private Ranged Solve(Ranged u, double timeConstant, double amplitude)
    {
        Interval t = _rounding.Round(_timespan, 4).Intersect(new(0.0, double.PositiveInfinity));
        Interval w = Interval.Point(Math.Abs(timeConstant));
        Interval a = Interval.Point(amplitude);
        Interval value = u.Value;
        double upper = value.Upper >= 0.0 ? Largest(new(Math.Max(value.Lower, 0.0), value.Upper), t.Lower, w) : -Least((-value).Absolute, t.Upper, w);
        double lower = value.Lower <= 0.0 ? -Largest(new(Math.Max(-value.Upper, 0.0), -value.Lower), t.Lower, w) : Least(value, t.Upper, w);
        Interval product = a * new Interval(lower, upper);
        Interval state = _rounding.Widen(a - product, (a.Absolute + product.Absolute).Upper, 6);

        // dφ/du = exp(-t |w|) exp(-s) (1 - s), s = t |u|, whose second factor is least at s = 2.
        Interval s = t * value.Absolute;
        double atLeast = Math.Min(Slope(s.Lower).Lower, Slope(s.Upper).Lower);
        if (s.Lower <= 2.0 && s.Upper >= 2.0) atLeast = Math.Min(atLeast, Slope(2.0).Lower);
        double atMost = Math.Max(Slope(s.Lower).Upper, Slope(s.Upper).Upper);
        Interval derivative = -(a * RangedFunctions.Exp(-(t * w), _rounding) * new Interval(atLeast, atMost));
        return u.Through(state, derivative);
    }

    /// <summary>The largest v exp(-t (w + v)) for v in a range.</summary>
    private double Largest(Interval v, double t, Interval w)
    {
        double ends = Math.Max(Pull(v.Lower, t, w).Upper, Pull(v.Upper, t, w).Upper);
        if (t == 0.0) return ends;
        Interval peak = Interval.Point(1.0) / Interval.Point(t);
        if (peak.Upper < v.Lower || peak.Lower > v.Upper) return ends;
        Interval exponent = -(Interval.Point(t) * w + Interval.Point(1.0));
        return Math.Max(ends, (peak * RangedFunctions.Exp(exponent, _rounding)).Upper);
    }

    /// <summary>The least v exp(-t (w + v)) for v in a range, which is at one of its ends.</summary>
    private double Least(Interval v, double t, Interval w) => Math.Max(0.0, Math.Min(Pull(v.Lower, t, w).Lower, Pull(v.Upper, t, w).Lower));

    private Interval Pull(double v, double t, Interval w)
    {
        if (double.IsInfinity(v)) return t > 0.0 ? Interval.Point(0.0) : new(0.0, double.PositiveInfinity);
        Interval exponent = -(Interval.Point(t) * (w + Interval.Point(v)));
        return Interval.Point(v) * RangedFunctions.Exp(exponent, _rounding);
    }

    private Interval Slope(double s)
    {
        if (double.IsInfinity(s)) return Interval.Point(0.0);
        return RangedFunctions.Exp(Interval.Point(-s), _rounding) * (Interval.Point(1.0) - Interval.Point(s));
    }
}
