using System.Globalization;
using System.Security;
using System.Text;

namespace LiquidControl.Cli.Plotting;

/// <summary>Draws panels as SVG, two a row: the viewer brings the font, so it works where none is installed.</summary>
internal static class SvgPicture
{
    private const int PanelWidth = 700;
    private const int PanelHeight = 420;
    private const int Left = 80;
    private const int Right = 160;
    private const int Top = 40;
    private const int Bottom = 55;

    /// <summary>Points of a line beyond which a picture gains nothing but size.</summary>
    private const int MostPoints = 1000;
    private const int ManyPoints = 100;

    private static readonly string[] Colours = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f"];

    public static void Write(string path, string title, IReadOnlyList<Panel> panels)
    {
        int rows = (panels.Count + 1) / 2;
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{2 * PanelWidth}" height="{rows * PanelHeight}" font-family="sans-serif" font-size="12">""");
        svg.AppendLine("""<rect width="100%" height="100%" fill="white"/>""");
        for (int i = 0; i < panels.Count; i++)
        {
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<g transform="translate({i % 2 * PanelWidth} {i / 2 * PanelHeight})">""");
            Draw(svg, panels[i], i == 0 ? $"{title}: {panels[i].Title}" : panels[i].Title);
            svg.AppendLine("</g>");
        }

        svg.AppendLine("</svg>");
        File.WriteAllText(path, svg.ToString());
    }

    private static void Draw(StringBuilder svg, Panel panel, string title)
    {
        double width = PanelWidth - Left - Right;
        double height = PanelHeight - Top - Bottom;
        var lines = panel.OnPaper();
        var x = Axis.Around(lines.SelectMany(line => line.X), panel.Marker);
        var y = Axis.Around(lines.SelectMany(line => line.Y), null);
        if (panel.SameScale)
        {
            double perPixel = Math.Max(x.Length / width, y.Length / height);
            x = x.Stretched(perPixel * width);
            y = y.Stretched(perPixel * height);
        }

        double X(double value) => Left + (value - x.Min) / x.Length * width;
        double Y(double value) => Top + height - (value - y.Min) / y.Length * height;

        Text(svg, Left + width / 2, Top - 15, title, "middle", "font-size=\"15\" font-weight=\"bold\"");
        Text(svg, Left + width / 2, PanelHeight - 12, panel.XLabel, "middle");
        Text(svg, 18, Top + height / 2, panel.YLabel, "middle", FormattableString.Invariant($"transform=\"rotate(-90 18 {Top + height / 2})\""));
        foreach (double tick in x.Ticks(panel.IsLogX))
        {
            Segment(svg, X(tick), Top, X(tick), Top + height, "stroke=\"#ddd\"");
            Text(svg, X(tick), Top + height + 17, Label(tick, panel.IsLogX), "middle");
        }

        foreach (double tick in y.Ticks(panel.IsLogY))
        {
            Segment(svg, Left, Y(tick), Left + width, Y(tick), "stroke=\"#ddd\"");
            Text(svg, Left - 6, Y(tick) + 4, Label(tick, panel.IsLogY), "end");
        }

        svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect x="{Left}" y="{Top}" width="{width}" height="{height}" fill="none" stroke="black"/>""");
        if (panel.Marker is { } marker) Segment(svg, X(marker), Top, X(marker), Top + height, "stroke=\"gray\" stroke-dasharray=\"5 4\"");
        for (int i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            string colour = Colours[(line.Colour ?? i) % Colours.Length];
            string style = $"stroke=\"{colour}\"" + (line.IsDashed ? " stroke-dasharray=\"6 4\"" : "");
            int stride = 1 + line.X.Length / MostPoints;
            var shown = Enumerable.Range(0, line.X.Length).Where(k => k % stride == 0 || k == line.X.Length - 1);
            if (line.IsPoints)
            {
                double radius = line.X.Length > ManyPoints ? 1.2 : 4.0;
                foreach (int k in shown) Point(svg, X(line.X[k]), Y(line.Y[k]), radius, colour);
            }
            else
            {
                var points = shown.Select(k => FormattableString.Invariant($"{X(line.X[k]):F1},{Y(line.Y[k]):F1}"));
                svg.AppendLine(CultureInfo.InvariantCulture, $"""<polyline fill="none" stroke-width="1.3" {style} points="{string.Join(' ', points)}"/>""");
            }

            if (line.Name.Length == 0) continue;
            double at = Top + 12 + 18 * i;
            if (line.IsPoints) Point(svg, Left + width + 18, at, 4.0, colour);
            else Segment(svg, Left + width + 8, at, Left + width + 28, at, style + " stroke-width=\"2\"");
            Text(svg, Left + width + 33, at + 4, line.Name, "start");
        }
    }

    private static string Label(double tick, bool isLog) =>
        isLog ? string.Create(CultureInfo.InvariantCulture, $"1e{tick:F0}") : tick.ToString("G4", CultureInfo.InvariantCulture);

    private static void Point(StringBuilder svg, double x, double y, double radius, string colour) =>
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<circle cx="{x:F1}" cy="{y:F1}" r="{radius:F1}" fill="{colour}"/>""");

    private static void Segment(StringBuilder svg, double x1, double y1, double x2, double y2, string style) =>
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<line x1="{x1:F1}" y1="{y1:F1}" x2="{x2:F1}" y2="{y2:F1}" {style}/>""");

    private static void Text(StringBuilder svg, double x, double y, string text, string anchor, string style = "") =>
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{x:F1}" y="{y:F1}" text-anchor="{anchor}" {style}>{SecurityElement.Escape(text)}</text>""");

    private readonly record struct Axis(double Min, double Max)
    {
        public double Length => Max - Min;

        /// <summary>All finite values with a margin; a range of some length even when they are all equal.</summary>
        public static Axis Around(IEnumerable<double> values, double? alsoShown)
        {
            double[] finite = [.. values.Where(double.IsFinite), .. alsoShown is { } shown ? [shown] : Array.Empty<double>()];
            if (finite.Length == 0) return new(-1.0, 1.0);
            double min = finite.Min(), max = finite.Max();
            double margin = max > min ? 0.05 * (max - min) : Math.Max(1e-3, 0.05 * Math.Abs(max));
            return new(min - margin, max + margin);
        }

        public Axis Stretched(double length)
        {
            double middle = 0.5 * (Min + Max);
            return new(middle - 0.5 * length, middle + 0.5 * length);
        }

        /// <summary>Round numbers, four to nine of them; on a logarithmic axis whole decades.</summary>
        public IEnumerable<double> Ticks(bool isLog)
        {
            double decade = Math.Pow(10.0, Math.Floor(Math.Log10(Length)));
            double step = (Length / decade) switch { < 2.0 => 0.25 * decade, < 4.0 => 0.5 * decade, _ => decade };
            if (isLog) step = Math.Max(1.0, Math.Round(step));
            for (double k = Math.Ceiling(Min / step); k * step <= Max; k++) yield return k * step;
        }
    }
}
