namespace LiquidControl.Neural.Kernels;

/// <summary>What a network is compiled for.</summary>
public sealed record KernelOptions
{
    /// <summary>Null: the fastest path of this processor.</summary>
    public KernelPath? Path { get; init; }

    /// <summary>
    /// The only timespan the kernel will ever be stepped with; null: any. A CfC with one timespan needs one time head in the place of two, and
    /// is another kernel: its bits are its own.
    /// </summary>
    public float? ConstantTimespan { get; init; }
}
