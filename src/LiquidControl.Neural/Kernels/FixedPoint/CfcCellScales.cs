namespace LiquidControl.Neural.Kernels;

/// <summary>What full scale stands for in a CfC cell.</summary>
/// <param name="Pure">Whether the cell has one head and no gate.</param>
/// <param name="Gated">Whether the gate blends the heads, or only weighs the second.</param>
/// <param name="Linear">Whether the heads have no activation.</param>
/// <param name="HeadFactor">What the heads' sums are multiplied with.</param>
/// <param name="State">Of a neuron's state.</param>
internal readonly record struct CfcCellScales(bool Pure, bool Gated, bool Linear, double HeadFactor, double State)
{
    /// <param name="mode">How the heads combine.</param>
    /// <param name="activation">What the heads go through.</param>
    /// <param name="range">Of a state that nothing else bounds.</param>
    public static CfcCellScales Of(CfcMode mode, HeadActivation activation, double range)
    {
        if (mode == CfcMode.Pure) return new(true, false, true, 1.0, range);
        bool gated = mode == CfcMode.Default;
        (double factor, double head) = activation switch
        {
            HeadActivation.Tanh => (1.0, 1.0),
            HeadActivation.LecunTanh => (LecunTanh.Slope, LecunTanh.Amplitude),
            _ => (1.0 / range, range),
        };
        return new(false, gated, activation == HeadActivation.Identity, factor, gated ? head : 2.0 * head);
    }

    public double[] States(int units) => [.. Enumerable.Repeat(State, units)];
}
