using System.Globalization;
using ScottPlot;
using ScottPlot.MultiplotLayouts;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace LiquidControl.Cli.Plotting;

/// <summary>Draws panels with ScottPlot, two a row.</summary>
internal static class PngPicture
{
    private const int Width = 1400;
    private const int PanelHeight = 420;
    private const int ManyPoints = 100;
    private const float SmallPoint = 2.5f;
    private const float LargePoint = 9f;

    /// <summary>
    /// Without an installed font every text of the picture is missing, and nothing says so: Skia then counts one family, whose typeface has no
    /// glyphs.
    /// </summary>
    public static bool CanWriteText => SKTypeface.Default.ContainsGlyphs("A0");

    public static void Write(string path, string title, IReadOnlyList<Panel> panels)
    {
        int rows = (panels.Count + 1) / 2;
        var picture = new Multiplot(Draw(panels[0], $"{title}: {panels[0].Title}")) { Layout = new Grid(rows, 2) };
        foreach (var panel in panels.Skip(1)) picture.Subplots.Add(Draw(panel, panel.Title));
        using var surface = SKSurface.Create(new SKImageInfo(Width, rows * PanelHeight));
        surface.Canvas.Clear(SKColors.White);
        picture.Render(surface.Canvas, new PixelRect(0, Width, rows * PanelHeight, 0));
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        using var file = File.Create(path);
        png.SaveTo(file);
    }

    private static Plot Draw(Panel panel, string title)
    {
        var plot = new Plot();
        plot.Title(title);
        plot.XLabel(panel.XLabel);
        plot.YLabel(panel.YLabel);
        foreach (var line in panel.OnPaper())
        {
            if (line.X.Length == 0) continue;
            var drawn = line.IsPoints ? plot.Add.ScatterPoints(line.X, line.Y) : plot.Add.ScatterLine(line.X, line.Y);
            if (line.IsPoints) drawn.MarkerSize = line.X.Length > ManyPoints ? SmallPoint : LargePoint;
            drawn.LegendText = line.Name;
            if (line.Colour is { } colour) drawn.Color = plot.Add.Palette.GetColor(colour);
            if (line.IsDashed) drawn.LinePattern = LinePattern.Dashed;
        }

        if (panel.Marker is { } marker) plot.Add.VerticalLine(marker, 1, Colors.Gray, LinePattern.Dashed);
        if (panel.IsLogX) plot.Axes.Bottom.TickGenerator = Decades();
        if (panel.IsLogY) plot.Axes.Left.TickGenerator = Decades();
        if (panel.SameScale) plot.Axes.SquareUnits();
        plot.ShowLegend(Edge.Right);
        return plot;
    }

    private static NumericAutomatic Decades() => new()
    {
        IntegerTicksOnly = true,
        MinorTickGenerator = new LogMinorTickGenerator(),
        LabelFormatter = exponent => string.Create(CultureInfo.InvariantCulture, $"1e{exponent:F0}"),
    };
}
