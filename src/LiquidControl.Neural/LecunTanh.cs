namespace LiquidControl.Neural;

/// <summary>The constants of lecun_tanh(x) = 1.7159 tanh(0.666 x) (LeCun et al. 1998, rounded as the reference library has them).</summary>
public static class LecunTanh
{
    /// <summary>Its largest magnitude.</summary>
    public const double Amplitude = 1.7159;

    /// <summary>What it multiplies its argument by.</summary>
    public const double Slope = 0.666;
}
