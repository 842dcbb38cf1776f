namespace LiquidControl.Cli.Plotting;

/// <summary>A free drawing: what the PNG and the SVG writer draw where panels with axes do not fit. Later marks cover earlier ones.</summary>
internal sealed class Sketch(double width, double height)
{
    private readonly List<Mark> _marks = [];

    public double Width => width;

    public double Height => height;

    public IReadOnlyList<Mark> Marks => _marks;

    public void Line(double x1, double y1, double x2, double y2, string colour, double lineWidth = 1.0, double opacity = 1.0) =>
        Path([(x1, y1), (x2, y2)], colour, lineWidth, opacity);

    public void Path((double X, double Y)[] points, string colour, double lineWidth = 1.0, double opacity = 1.0) =>
        _marks.Add(new Mark.Path(points, colour, lineWidth, opacity));

    public void Circle(double x, double y, double radius, string colour) => _marks.Add(new Mark.Circle(x, y, radius, colour));

    public void Box(double x, double y, double boxWidth, double boxHeight, string colour) => _marks.Add(new Mark.Box(x, y, boxWidth, boxHeight, colour));

    public void Text(double x, double y, string words, TextAnchor anchor = TextAnchor.Start, double size = 12.0) =>
        _marks.Add(new Mark.Text(x, y, words, anchor, size));
}
