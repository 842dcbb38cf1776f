using System.Runtime.Intrinsics;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// A CfC network compiled for many robots at once, a robot in each lane of a vector: for rollouts and training. The bits are those of
/// <see cref="NetworkKernel"/>.
/// </summary>
public abstract class BatchKernel
{
    private protected BatchKernel(NetworkArchitecture architecture, KernelPath path, float? constantTimespan)
    {
        Architecture = architecture;
        Path = path;
        ConstantTimespan = constantTimespan;
        InputSize = architecture.InputSize;
        StateSize = architecture.StateSize;
        OutputSize = architecture.OutputSize;
    }

    public NetworkArchitecture Architecture { get; }

    public KernelPath Path { get; }

    /// <summary>The only timespan it takes; null: any.</summary>
    public float? ConstantTimespan { get; }

    public int InputSize { get; }

    public int StateSize { get; }

    public int OutputSize { get; }

    /// <exception cref="ModelFormatException">
    /// A weight is beyond the range of a float, or the network is an LTC or has a memory, which have no batch form.
    /// </exception>
    public static BatchKernel Compile(NetworkWeights weights, KernelOptions? options = null)
    {
        options ??= new KernelOptions();
        options.ThrowIfUnfit(weights);
        if (weights.Architecture.Memory != MemoryCoupling.None || weights.Architecture is LtcArchitecture)
        {
            throw new ModelFormatException("network", "class", weights.Architecture is LtcArchitecture ? "an LTC" : "mixed memory",
                "a CfC without memory", "Step it one by one, with NetworkKernel.");
        }

        return (options.Path ?? KernelPaths.Best) switch
        {
            KernelPath.Vector256 => new BatchKernel<Simd256, Vector256<float>>(weights, KernelPath.Vector256, options.ConstantTimespan),
            KernelPath.Vector128 => new BatchKernel<Simd128, Vector128<float>>(weights, KernelPath.Vector128, options.ConstantTimespan),
            _ => new BatchKernel<SimdScalar, float>(weights, KernelPath.Scalar, options.ConstantTimespan),
        };
    }

    /// <param name="count">Robots, at least 1.</param>
    public abstract BatchState CreateState(int count);

    /// <summary>One step of every robot. Allocates nothing; never throws. Unless the result is Ok, states and outputs are as they were.</summary>
    /// <param name="state">Of this kernel: the old states in, the new ones out.</param>
    /// <param name="inputs">[robot][input].</param>
    /// <param name="timespan">Time since the last step, in the unit of training; finite, not negative.</param>
    /// <param name="outputs">[robot][output]; must not overlap the inputs.</param>
    public StepResult Step(BatchState state, ReadOnlySpan<float> inputs, float timespan, Span<float> outputs)
    {
        if (state.Kernel != this) return StepResult.StateOfOtherKernel;
        if (inputs.Length != state.Count * InputSize) return StepResult.InputLengthWrong;
        if (outputs.Length != state.Count * OutputSize) return StepResult.OutputLengthWrong;
        if (!float.IsFinite(timespan)) return StepResult.TimespanNotFinite;
        if (timespan < 0f) return StepResult.TimespanNegative;
        if (ConstantTimespan is float constant && timespan != constant) return StepResult.TimespanNotConstant;
        return Advance(state, inputs, timespan, outputs);
    }

    private protected abstract StepResult Advance(BatchState state, ReadOnlySpan<float> inputs, float timespan, Span<float> outputs);
}
