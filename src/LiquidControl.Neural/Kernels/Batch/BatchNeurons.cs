namespace LiquidControl.Neural.Kernels;

/// <summary>What the neurons of one kind of network do for a tile of robots.</summary>
/// <param name="order">The neuron at each place of the state.</param>
internal abstract unsafe class BatchNeurons<TSimd, TVector>(int[] order)
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>The neuron at each place of the state.</summary>
    public int[] Order { get; } = order;

    /// <summary>Working memory of <see cref="Apply"/>, in numbers of a tile.</summary>
    public abstract int WorkLength { get; }

    public static BatchNeurons<TSimd, TVector> Create(NetworkWeights weights, float? constantTimespan) =>
        weights.Architecture.WithoutMemory() switch
        {
            CfcArchitecture dense => new BatchCfc<TSimd, TVector>(weights, dense, constantTimespan),
            WiredCfcArchitecture wired => new BatchWiredCfc<TSimd, TVector>(weights, wired, constantTimespan),
            LtcArchitecture ltc => new BatchLtc<TSimd, TVector>(weights, ltc),
            NetworkArchitecture other => throw new ArgumentException($"No kernel is compiled for {other.GetType().Name}.", nameof(weights)),
        };

    /// <param name="z">What the neurons read, then their old states.</param>
    /// <param name="timespan">Time since each robot's last step.</param>
    /// <param name="state">The new states.</param>
    /// <param name="output">The outputs.</param>
    /// <param name="work">Working memory.</param>
    public abstract void Apply(float* z, float* timespan, float* state, float* output, float* work);
}
