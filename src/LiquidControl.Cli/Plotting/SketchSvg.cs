using System.Globalization;
using System.Security;
using System.Text;

namespace LiquidControl.Cli.Plotting;

/// <summary>Draws a sketch as SVG.</summary>
internal static class SketchSvg
{
    public static void Write(string path, Sketch sketch)
    {
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{sketch.Width:F0}" height="{sketch.Height:F0}" font-family="sans-serif">""");
        svg.AppendLine("""<rect width="100%" height="100%" fill="white"/>""");
        foreach (var mark in sketch.Marks) svg.AppendLine(Element(mark));
        svg.AppendLine("</svg>");
        File.WriteAllText(path, svg.ToString());
    }

    private static string Element(Mark mark)
    {
        switch (mark)
        {
            case Mark.Path line:
                string points = string.Join(' ', line.Points.Select(point => FormattableString.Invariant($"{point.X:F1},{point.Y:F1}")));
                return FormattableString.Invariant(
                    $"""<polyline fill="none" stroke="{line.Colour}" stroke-width="{line.Width:G3}" stroke-opacity="{line.Opacity:G3}" points="{points}"/>""");
            case Mark.Circle circle:
                return FormattableString.Invariant(
                    $"""<circle cx="{circle.X:F1}" cy="{circle.Y:F1}" r="{circle.Radius:F1}" fill="{circle.Colour}" stroke="white"/>""");
            case Mark.Box box:
                return FormattableString.Invariant(
                    $"""<rect x="{box.X:F1}" y="{box.Y:F1}" width="{box.Width:F1}" height="{box.Height:F1}" fill="{box.Colour}"/>""");
            case Mark.Text text:
                string anchor = text.Anchor switch { TextAnchor.Start => "start", TextAnchor.Middle => "middle", _ => "end" };
                return FormattableString.Invariant(
                    $"""<text x="{text.X:F1}" y="{text.Y:F1}" text-anchor="{anchor}" font-size="{text.Size:G3}">{SecurityElement.Escape(text.Words)}</text>""");
            default:
                throw new ArgumentException($"There is no SVG for {mark.GetType().Name}.", nameof(mark));
        }
    }
}
