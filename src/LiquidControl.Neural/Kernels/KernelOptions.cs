namespace LiquidControl.Neural.Kernels;

/// <summary>How a network is compiled.</summary>
public sealed record KernelOptions
{
    /// <summary>The path to compute on; null: the fastest this machine has.</summary>
    public KernelPath? Path { get; init; }

    /// <summary>The timespan of every step, where it is always the same; null: it varies.</summary>
    public float? ConstantTimespan { get; init; }
}
