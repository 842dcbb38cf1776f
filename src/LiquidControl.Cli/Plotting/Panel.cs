namespace LiquidControl.Cli.Plotting;

/// <summary>A line of a panel, or as many single points; the colour is a number, the next one unless it is given, and without a name it is not in the legend.</summary>
internal sealed record Line(string Name, double[] X, double[] Y, bool IsDashed = false, bool IsPoints = false, int? Colour = null);

/// <summary>
/// One diagram of a picture: what both the PNG and the SVG writer draw. Same scale means that a metre is as long upwards as sideways; the
/// marker is a place on the x axis worth a dashed line; a logarithmic axis shows only what is above zero.
/// </summary>
internal sealed record Panel(
    string Title, string XLabel, string YLabel, IReadOnlyList<Line> Lines, bool SameScale = false, double? Marker = null,
    bool IsLogX = false, bool IsLogY = false)
{
    /// <summary>The lines in the coordinates of the paper: finite points only, on a logarithmic axis their decimal logarithms.</summary>
    public IReadOnlyList<Line> OnPaper() => [.. Lines.Select(OnPaper)];

    private Line OnPaper(Line line)
    {
        var points = line.X.Zip(line.Y, (x, y) => (X: Scaled(x, IsLogX), Y: Scaled(y, IsLogY)))
            .Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToArray();
        return line with { X = [.. points.Select(point => point.X)], Y = [.. points.Select(point => point.Y)] };
    }

    private static double Scaled(double value, bool isLog) => isLog ? Math.Log10(value) : value;
}
