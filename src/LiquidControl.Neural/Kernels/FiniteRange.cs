namespace LiquidControl.Neural.Kernels;

/// <summary>
/// Inputs and states for which the result of a step was proved finite when the network was compiled, so that no step need look: a bounded
/// state stays bounded, and no sum can leave a float's range.
/// </summary>
/// <param name="Input">Largest magnitude of an input; negative: nothing was proved, and each result must be looked at.</param>
/// <param name="State">Largest magnitude of a number of the state; that of every state a step leads to is no larger.</param>
internal readonly record struct FiniteRange(float Input, float State)
{
    /// <summary>Nothing is proved.</summary>
    public static readonly FiniteRange None = new(-1f, 0f);

    /// <summary>Far beyond any input that means something, far within what sums can take.</summary>
    private const float LargestInput = 1 << 20;

    /// <summary>Rounding may add to a sum less than its half.</summary>
    private const double LargestSum = float.MaxValue / 2;

    /// <summary>The range of a CfC, if its numbers can be bounded.</summary>
    /// <param name="mode">How the heads combine.</param>
    /// <param name="activation">What the heads go through.</param>
    /// <param name="largestSum">The largest magnitude of any sum in a step, given that of what the first layers read and that of the state.</param>
    public static FiniteRange OfCfc(CfcMode mode, HeadActivation activation, Func<double, double, double> largestSum)
    {
        if (mode == CfcMode.Pure || activation == HeadActivation.Identity) return None;
        double head = activation == HeadActivation.LecunTanh ? LecunTanh.Amplitude : 1.0;
        // f1 and f2 may add up, and each may be an ulp or two beyond its bound.
        double state = 2.0 * head + 1.0;
        return largestSum(double.Max(LargestInput, state), state) <= LargestSum ? new FiniteRange(LargestInput, (float)state) : None;
    }
}
