using System.Runtime.Intrinsics;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// A network compiled for many robots at once, a robot in each lane of a vector: for rollouts and training. The bits are those of
/// <see cref="NetworkKernel"/>.
/// </summary>
public abstract class BatchKernel : CompiledNetwork
{
    private protected BatchKernel(NetworkArchitecture architecture, KernelPath path, float? constantTimespan)
        : base(architecture, path, constantTimespan)
    {
    }

    /// <exception cref="ModelFormatException">A weight is beyond the range of a float.</exception>
    public static BatchKernel Compile(NetworkWeights weights, KernelOptions? options = null)
    {
        options ??= new KernelOptions();
        options.ThrowIfUnfit(weights);
        return (options.Path ?? KernelPaths.Best) switch
        {
            KernelPath.Vector256 => new BatchKernel<Simd256, Vector256<float>>(weights, KernelPath.Vector256, options.ConstantTimespan),
            KernelPath.Vector128 => new BatchKernel<Simd128, Vector128<float>>(weights, KernelPath.Vector128, options.ConstantTimespan),
            _ => new BatchKernel<SimdScalar, float>(weights, KernelPath.Scalar, options.ConstantTimespan),
        };
    }

    /// <param name="count">Robots, at least 1.</param>
    public abstract BatchState CreateState(int count);

    /// <summary>
    /// One step of every robot, all after the same time. Allocates nothing; never throws. Unless the result is Ok, states and outputs are as
    /// they were.
    /// </summary>
    /// <param name="state">Of this kernel: the old states in, the new ones out.</param>
    /// <param name="inputs">[robot][input].</param>
    /// <param name="timespan">Time since the last step, in the unit of training; finite, not negative, and for an LTC above zero.</param>
    /// <param name="outputs">[robot][output]; must not overlap the inputs.</param>
    public StepResult Step(BatchState state, ReadOnlySpan<float> inputs, float timespan, Span<float> outputs)
    {
        StepResult result = Check(state, inputs.Length, outputs.Length);
        if (result == StepResult.Ok) result = CheckTimespan(timespan);
        return result == StepResult.Ok ? Advance(state, inputs, new ReadOnlySpan<float>(in timespan), outputs) : result;
    }

    /// <summary>One step of every robot, each after a time of its own; otherwise as the step after the same time.</summary>
    /// <param name="state">Of this kernel: the old states in, the new ones out.</param>
    /// <param name="inputs">[robot][input].</param>
    /// <param name="timespans">[robot], as the timespan of a single step; the first that is wrong gives the result.</param>
    /// <param name="outputs">[robot][output]; must not overlap the inputs.</param>
    public StepResult Step(BatchState state, ReadOnlySpan<float> inputs, ReadOnlySpan<float> timespans, Span<float> outputs)
    {
        StepResult result = Check(state, inputs.Length, outputs.Length);
        if (result != StepResult.Ok) return result;
        if (timespans.Length != state.Count) return StepResult.TimespanLengthWrong;
        foreach (float timespan in timespans)
        {
            if (!IsTimespanFit(timespan)) result = CheckTimespan(timespan);
            if (result != StepResult.Ok) return result;
        }

        return Advance(state, inputs, timespans, outputs);
    }

    /// <param name="state">Of this kernel.</param>
    /// <param name="inputs">[robot][input].</param>
    /// <param name="timespans">[robot], or one for all of them.</param>
    /// <param name="outputs">[robot][output].</param>
    private protected abstract StepResult Advance(
        BatchState state, ReadOnlySpan<float> inputs, ReadOnlySpan<float> timespans, Span<float> outputs);

    private StepResult Check(BatchState state, int inputLength, int outputLength)
    {
        if (state.Kernel != this) return StepResult.StateOfOtherKernel;
        if (inputLength != state.Count * InputSize) return StepResult.InputLengthWrong;
        return outputLength == state.Count * OutputSize ? StepResult.Ok : StepResult.OutputLengthWrong;
    }
}
