namespace LiquidControl.Cli.Plotting;

/// <summary>The diagram of losses over the epochs of a training.</summary>
internal static class LossPanel
{
    /// <summary>Each stage goes on where the one before it ended.</summary>
    public static Panel Of(IReadOnlyList<(string Name, double[] Losses)> stages)
    {
        int first = 1;
        var lines = new List<Line>();
        foreach (var (name, losses) in stages)
        {
            lines.Add(OverEpochs(name, losses, first));
            first += losses.Length;
        }

        // Within less than a decade a logarithmic axis may have no number to show.
        double[] all = [.. stages.SelectMany(stage => stage.Losses)];
        return new("loss", "epoch", "mean loss", lines, IsLogY: all.Max() >= 10.0 * all.Min());
    }

    /// <summary>A figure of each epoch from <paramref name="first"/> on.</summary>
    public static Line OverEpochs(string name, double[] values, int first = 1) =>
        new(name, [.. Enumerable.Range(first, values.Length).Select(epoch => (double)epoch)], values, IsPoints: values.Length == 1);
}
