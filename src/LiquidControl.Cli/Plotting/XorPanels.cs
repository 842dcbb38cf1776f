namespace LiquidControl.Cli.Plotting;

/// <summary>The diagrams of trainings on the XOR task.</summary>
internal static class XorPanels
{
    /// <summary>Loss and test accuracy of one training over its epochs.</summary>
    public static IReadOnlyList<Panel> Of(double[] losses, double[] accuracies, double paperAccuracy) =>
        [LossPanel.Of([("training", losses)]), Accuracies([("test", accuracies)], paperAccuracy)];

    /// <summary>Test accuracies over the epochs; the dashed line is what the paper reports.</summary>
    public static Panel Accuracies(IReadOnlyList<(string Name, double[] Percent)> curves, double? paperAccuracy)
    {
        var lines = curves.Select(curve => LossPanel.OverEpochs(curve.Name, curve.Percent)).ToList();
        double last = curves.Max(curve => curve.Percent.Length);
        if (paperAccuracy is { } paper) lines.Add(new("paper", [1.0, Math.Max(last, 2.0)], [paper, paper], IsDashed: true));
        return new("accuracy", "epoch", "test accuracy (%)", lines);
    }
}
