using System.Globalization;

namespace LiquidControl.Hosting.Toml;

/// <summary>The values a number may take, ends included unless said otherwise. NaN and infinities are in no range.</summary>
internal readonly record struct NumberRange(double Min, double Max, bool MinExcluded = false)
{
    public static readonly NumberRange Any = new(double.MinValue, double.MaxValue);
    public static readonly NumberRange Positive = new(0.0, double.MaxValue, MinExcluded: true);
    public static readonly NumberRange NotNegative = new(0.0, double.MaxValue);

    public static NumberRange PositiveUpTo(double max) => new(0.0, max, MinExcluded: true);

    public bool Contains(double value) => double.IsFinite(value) && value <= Max && (MinExcluded ? value > Min : value >= Min);

    /// <summary>"a number above 0", "a number from 0 to 1", …</summary>
    public string Describe(string noun)
    {
        var low = Min.ToString("G6", CultureInfo.InvariantCulture);
        var high = Max.ToString("G6", CultureInfo.InvariantCulture);
        return (Min > double.MinValue, Max < double.MaxValue) switch
        {
            (false, false) => $"a finite {noun}",
            (true, false) => MinExcluded ? $"a {noun} above {low}" : $"a {noun} of at least {low}",
            (false, true) => $"a {noun} of at most {high}",
            _ => MinExcluded ? $"a {noun} above {low} and at most {high}" : $"a {noun} from {low} to {high}",
        };
    }
}
