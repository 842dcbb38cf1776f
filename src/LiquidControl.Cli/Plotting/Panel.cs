namespace LiquidControl.Cli.Plotting;

/// <summary>A line of a panel.</summary>
internal sealed record Line(string Name, double[] X, double[] Y, bool IsDashed = false);

/// <summary>
/// One diagram of a picture: what both the PNG and the SVG writer draw. Same scale means that a metre is as long upwards as sideways; the
/// marker is a place on the x axis worth a dashed line.
/// </summary>
internal sealed record Panel(string Title, string XLabel, string YLabel, IReadOnlyList<Line> Lines, bool SameScale = false, double? Marker = null);
