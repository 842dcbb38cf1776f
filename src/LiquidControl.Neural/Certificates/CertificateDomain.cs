using System.Collections.Immutable;

namespace LiquidControl.Neural.Certificates;

/// <summary>What a certificate is asked for: every sequence of inputs within a box, at every sequence of timespans within a range.</summary>
public sealed record CertificateDomain
{
    /// <summary>[input].</summary>
    public required ImmutableArray<Interval> Inputs { get; init; }

    /// <summary>In the unit of training; not negative, and for an LTC above zero.</summary>
    public required double TimespanMin { get; init; }

    public required double TimespanMax { get; init; }

    /// <summary>The number format the network computes in.</summary>
    public Precision Precision { get; init; } = Precision.Binary64;

    /// <summary>The same range for each of the inputs.</summary>
    /// <exception cref="ArgumentException">The input's range is none.</exception>
    public static CertificateDomain Uniform(
        int inputs, double lower, double upper, double timespanMin, double timespanMax, Precision precision = Precision.Binary64) => new()
        {
            Inputs = [.. Enumerable.Repeat(new Interval(lower, upper), inputs)],
            TimespanMin = timespanMin,
            TimespanMax = timespanMax,
            Precision = precision,
        };

    /// <exception cref="ArgumentException">The domain does not fit the network; the message says where.</exception>
    public void ThrowIfInvalid(NetworkArchitecture architecture)
    {
        if (Inputs.IsDefault || Inputs.Length != architecture.InputSize)
        {
            int found = Inputs.IsDefault ? 0 : Inputs.Length;
            throw new ArgumentException($"Input ranges: found {found}, expected {architecture.InputSize}, one for each input.");
        }

        for (int i = 0; i < Inputs.Length; i++)
        {
            if (!Inputs[i].IsBounded) throw new ArgumentException($"Range of input {i}: found {Inputs[i].Lower} to {Inputs[i].Upper}, expected finite numbers.");
        }

        if (!double.IsFinite(TimespanMin) || !double.IsFinite(TimespanMax) || TimespanMin < 0.0 || TimespanMin > TimespanMax)
        {
            throw new ArgumentException($"Timespans: found {TimespanMin} to {TimespanMax}, expected finite numbers, not below zero and in rising order.");
        }

        if (TimespanMin == 0.0 && !architecture.AllowsZeroTimespan)
        {
            throw new ArgumentException("Timespans: found 0 as the shortest, expected one above zero: the LTC's solver divides by it.");
        }
    }

    /// <summary>The timespans as the network may see them after rounding.</summary>
    internal Interval RoundedTimespan(Rounding rounding)
    {
        Interval exact = new(TimespanMin, TimespanMax);
        return Precision == Precision.Binary64 ? exact : rounding.Round(exact).Intersect(new(0.0, double.PositiveInfinity));
    }

    /// <summary>The inputs as the network may see them after rounding.</summary>
    internal IEnumerable<Interval> RoundedInputs(Rounding rounding) =>
        Precision == Precision.Binary64 ? Inputs : Inputs.Select(range => rounding.Round(range));
}
