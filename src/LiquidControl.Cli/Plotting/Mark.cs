namespace LiquidControl.Cli.Plotting;

/// <summary>One thing in a sketch; places in pixels from the upper left corner, colours as #rrggbb.</summary>
internal abstract record Mark
{
    public sealed record Path((double X, double Y)[] Points, string Colour, double Width, double Opacity) : Mark;

    public sealed record Circle(double X, double Y, double Radius, string Colour) : Mark;

    public sealed record Box(double X, double Y, double Width, double Height, string Colour) : Mark;

    public sealed record Text(double X, double Y, string Words, TextAnchor Anchor, double Size) : Mark;
}
