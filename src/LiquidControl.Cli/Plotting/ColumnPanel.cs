namespace LiquidControl.Cli.Plotting;

/// <summary>A diagram of several cases side by side: a column of points a case, a colour a contestant.</summary>
internal static class ColumnPanel
{
    /// <summary>Of a column's width, taken by its points, which stand beside each other so that none hides another.</summary>
    private const double Spread = 0.8;

    /// <param name="title">Of the diagram.</param>
    /// <param name="label">Of the y axis.</param>
    /// <param name="cases">Names of the columns.</param>
    /// <param name="contestants">Each with a value a column.</param>
    public static Panel Of(string title, string label, IEnumerable<string> cases, IReadOnlyList<(string Name, double[] Values)> contestants)
    {
        string columns = string.Join("  ", cases.Select((name, i) => FormattableString.Invariant($"{i + 1} {name}")));
        double step = Spread / contestants.Count;
        return new(title, columns, label, [.. contestants.Select(Points)], IsLogY: true);

        Line Points((string Name, double[] Values) contestant, int place) => new(
            contestant.Name, [.. contestant.Values.Select((_, i) => i + 1 + step * (place - 0.5 * (contestants.Count - 1)))],
            contestant.Values, IsPoints: true);
    }
}
