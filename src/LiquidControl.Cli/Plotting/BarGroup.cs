namespace LiquidControl.Cli.Plotting;

/// <summary>Times that are compared with each other, in nanoseconds.</summary>
internal sealed record BarGroup(string Title, IReadOnlyList<Bar> Bars);

/// <summary>One of them: a bar to the median, a line on to p99, and in words the median and its ratio to what is compared with.</summary>
internal sealed record Bar(string Name, double Median, double P99, double? Ratio, string Colour);
