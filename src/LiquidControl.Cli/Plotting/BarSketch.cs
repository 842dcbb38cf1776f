using System.Globalization;

namespace LiquidControl.Cli.Plotting;

/// <summary>Draws groups of times in two columns, as bars over a logarithmic axis from a tenth of a decade below the shortest.</summary>
internal static class BarSketch
{
    private const double ColumnWidth = 760.0;
    private const double Left = 215.0;
    private const double Right = 130.0;
    private const double Top = 50.0;
    private const double TitleHeight = 38.0;
    private const double RowHeight = 22.0;
    private const double BarHeight = 13.0;
    private const double AxisHeight = 44.0;
    private const double BarsWidth = ColumnWidth - Left - Right;

    public static Sketch Of(string title, IReadOnlyList<BarGroup> groups)
    {
        double total = groups.Sum(HeightOf);
        int inFirst = 0;
        double first = 0.0;
        while (inFirst < groups.Count && first + 0.5 * HeightOf(groups[inFirst]) <= 0.5 * total) first += HeightOf(groups[inFirst++]);
        var sketch = new Sketch(2 * ColumnWidth, Top + Math.Max(first, total - first));
        sketch.Text(ColumnWidth, 32, title, TextAnchor.Middle, 18);
        double y = Top;
        for (int i = 0; i < groups.Count; i++)
        {
            if (i == inFirst) y = Top;
            Draw(sketch, groups[i], i < inFirst ? 0.0 : ColumnWidth, y);
            y += HeightOf(groups[i]);
        }

        return sketch;
    }

    private static double HeightOf(BarGroup group) => TitleHeight + RowHeight * group.Bars.Count + AxisHeight;

    private static void Draw(Sketch sketch, BarGroup group, double x, double y)
    {
        double low = Math.Log10(group.Bars.Min(bar => bar.Median)) - 0.1, high = Math.Log10(group.Bars.Max(bar => bar.P99)) + 0.02;
        double bottom = y + TitleHeight + RowHeight * group.Bars.Count;
        sketch.Text(x + Left, y + 22, group.Title, size: 14);
        DrawAxis(sketch, low, high, At, y + TitleHeight, bottom);
        for (int i = 0; i < group.Bars.Count; i++)
        {
            var bar = group.Bars[i];
            double middle = y + TitleHeight + RowHeight * (i + 0.5), median = At(Math.Log10(bar.Median)), p99 = At(Math.Log10(bar.P99));
            sketch.Text(x + Left - 8, middle + 4, bar.Name, TextAnchor.End);
            sketch.Box(x + Left, middle - BarHeight / 2, median - x - Left, BarHeight, bar.Colour);
            sketch.Line(median, middle, p99, middle, "#303030");
            sketch.Text(x + Left + BarsWidth + 8, middle + 4, Words(bar));
        }

        double At(double exponent) => x + Left + (exponent - low) / (high - low) * BarsWidth;
    }

    /// <summary>Lines at 1, 2 and 5 of each decade, numbers where they do not crowd.</summary>
    private static void DrawAxis(Sketch sketch, double low, double high, Func<double, double> at, double top, double bottom)
    {
        bool isWide = high - low > 2.5;
        for (int decade = (int)Math.Floor(low); decade <= high; decade++)
        {
            foreach (int digit in (int[])[1, 2, 5])
            {
                double exponent = decade + Math.Log10(digit);
                if (exponent < low || exponent > high) continue;
                sketch.Line(at(exponent), top, at(exponent), bottom, digit == 1 ? "#b0b0b0" : "#e4e4e4");
                if (digit != 1 && isWide) continue;
                sketch.Text(at(exponent), bottom + 16, Time(Math.Pow(10, decade) * digit), TextAnchor.Middle, 11);
            }
        }
    }

    private static string Words(Bar bar) => bar.Ratio is { } ratio
        ? $"{Time(bar.Median)} ({ratio.ToString(ratio < 100.0 ? "G3" : "F0", CultureInfo.InvariantCulture)})"
        : Time(bar.Median);

    private static string Time(double nanoseconds)
    {
        (double value, string unit) = nanoseconds switch
        {
            < 1e3 => (nanoseconds, "ns"),
            < 1e6 => (1e-3 * nanoseconds, "µs"),
            _ => (1e-6 * nanoseconds, "ms"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{value:G3} {unit}");
    }
}
