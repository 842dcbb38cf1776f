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

    internal void ThrowIfUnfit(NetworkWeights weights)
    {
        if (ConstantTimespan is float timespan && !(timespan >= 0f && float.IsFinite(timespan)))
            throw new ArgumentException($"A constant timespan is finite and not negative, not {timespan}.");
        foreach (TensorSpec tensor in weights.Tensors)
        {
            if (weights[tensor.Key].ContainsAnyExceptInRange(-float.MaxValue, float.MaxValue))
            {
                throw new ModelFormatException("network", $"tensor '{tensor.Key}'", "a weight beyond ±3.4e38", "weights that a float can hold",
                    "Train the network again, or run it in double.");
            }
        }
    }
}
