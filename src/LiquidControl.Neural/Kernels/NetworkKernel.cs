using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// A network compiled for stepping: packed and read-only, its state outside, so that one kernel serves many robots. <see cref="Network{T}"/>
/// says what it computes, within the rounding of the kernel's numbers; every path gives the same bits.
/// </summary>
public abstract class NetworkKernel : CompiledNetwork
{
    private protected NetworkKernel(NetworkArchitecture architecture, KernelPath path, float? constantTimespan)
        : base(architecture, path, constantTimespan)
    {
    }

    /// <summary>The kernel in 32-bit floating point.</summary>
    /// <exception cref="ModelFormatException">A weight is beyond the range of a float.</exception>
    public static NetworkKernel Compile(NetworkWeights weights, KernelOptions? options = null)
    {
        options ??= new KernelOptions();
        options.ThrowIfUnfit(weights);
        return (options.Path ?? KernelPaths.Best) switch
        {
            KernelPath.Vector256 => Compile<Simd256, Vector256<float>>(weights, KernelPath.Vector256, options.ConstantTimespan),
            KernelPath.Vector128 => Compile<Simd128, Vector128<float>>(weights, KernelPath.Vector128, options.ConstantTimespan),
            _ => Compile<SimdScalar, float>(weights, KernelPath.Scalar, options.ConstantTimespan),
        };
    }

    public abstract KernelState CreateState();

    /// <summary>One step of the network. Allocates nothing; never throws. Unless the result is Ok, state and output are as they were.</summary>
    /// <param name="state">Of this kernel: the old state in, the new one out.</param>
    /// <param name="input">Length <see cref="CompiledNetwork.InputSize"/>.</param>
    /// <param name="timespan">Time since the last step, in the unit of training; finite, not negative, and for an LTC above zero.</param>
    /// <param name="output">Length <see cref="CompiledNetwork.OutputSize"/>; must not overlap the input.</param>
    public StepResult Step(KernelState state, ReadOnlySpan<float> input, float timespan, Span<float> output) =>
        Evaluate(state, input, timespan, output, commits: true);

    /// <summary>
    /// Steps through a sequence of inputs the same timespan apart: what <see cref="Step"/> does for each of them, with less to do in between.
    /// Allocates nothing; never throws.
    /// </summary>
    /// <param name="state">Of this kernel: the old state in, the new one out.</param>
    /// <param name="inputs">[step][input].</param>
    /// <param name="timespan">Of each step.</param>
    /// <param name="outputs">[step][output], for as many steps.</param>
    /// <param name="steps">Steps done: all of them, unless the result, which is that of the step after them, is not Ok.</param>
    public StepResult Run(KernelState state, ReadOnlySpan<float> inputs, float timespan, Span<float> outputs, out int steps)
    {
        steps = 0;
        StepResult result = Check(state, InputSize, timespan, OutputSize);
        if (result != StepResult.Ok) return result;
        int count = outputs.Length / OutputSize;
        if (outputs.Length != count * OutputSize) return StepResult.OutputLengthWrong;
        return inputs.Length == count * InputSize ? RunSteps(state, inputs, timespan, outputs, out steps) : StepResult.InputLengthWrong;
    }

    /// <summary>
    /// State and output <paramref name="elapsed"/> after a sample, without stepping, as <see cref="Network{T}.StateAt"/>. Allocates nothing;
    /// never throws.
    /// </summary>
    /// <param name="state">Of this kernel, at the sample.</param>
    /// <param name="input">The sample's input, length <see cref="CompiledNetwork.InputSize"/>.</param>
    /// <param name="elapsed">Time since the sample, as the timespan of a step.</param>
    /// <param name="stateAt">State then, length <see cref="CompiledNetwork.StateSize"/>.</param>
    /// <param name="output">Output then, length <see cref="CompiledNetwork.OutputSize"/>.</param>
    public StepResult StateAt(
        KernelState state, ReadOnlySpan<float> input, float elapsed, Span<float> stateAt, Span<float> output)
    {
        if (stateAt.Length != StateSize) return StepResult.StateLengthWrong;
        StepResult result = Evaluate(state, input, elapsed, output, commits: false);
        if (result == StepResult.Ok) state.ReadNext(stateAt);
        return result;
    }

    /// <summary>A step, whose new state becomes the current one or is only written down.</summary>
    private protected abstract StepResult Evaluate(
        KernelState state, ReadOnlySpan<float> input, float timespan, Span<float> output, bool commits);

    /// <summary><see cref="Run"/>, on arguments that were checked.</summary>
    private protected virtual StepResult RunSteps(
        KernelState state, ReadOnlySpan<float> inputs, float timespan, Span<float> outputs, out int steps)
    {
        for (steps = 0; steps < outputs.Length / OutputSize; steps++)
        {
            StepResult result = Evaluate(state, inputs.Slice(steps * InputSize, InputSize), timespan,
                outputs.Slice(steps * OutputSize, OutputSize), commits: true);
            if (result != StepResult.Ok) return result;
        }

        return StepResult.Ok;
    }

    /// <summary>Whether a step's arguments other than its numbers are right for certain; otherwise <see cref="Check"/> says more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected bool AreFit(KernelState state, int inputLength, float timespan, int outputLength) =>
        state.Kernel == this && inputLength == InputSize && outputLength == OutputSize && IsTimespanFit(timespan);

    /// <summary>What is wrong with a step's arguments other than its numbers, if anything is.</summary>
    private protected StepResult Check(KernelState state, int inputLength, float timespan, int outputLength)
    {
        if (state.Kernel != this) return StepResult.StateOfOtherKernel;
        if (inputLength != InputSize) return StepResult.InputLengthWrong;
        if (outputLength != OutputSize) return StepResult.OutputLengthWrong;
        return CheckTimespan(timespan);
    }

    private static NetworkKernel Compile<TSimd, TVector>(NetworkWeights weights, KernelPath path, float? constantTimespan)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        return weights.Architecture.WithoutMemory() switch
        {
            CfcArchitecture dense => Of(new DenseCfcNetwork<TSimd, TVector>(weights, dense, constantTimespan)),
            WiredCfcArchitecture wired => Of(new WiredCfcNetwork<TSimd, TVector>(weights, wired, constantTimespan)),
            LtcArchitecture ltc => Of(new LtcNetwork<TSimd, TVector>(weights, ltc)),
            NetworkArchitecture other => throw new ArgumentException($"No kernel is compiled for {other.GetType().Name}.", nameof(weights)),
        };

        NetworkKernel Of<TNetwork>(in TNetwork network) where TNetwork : struct, IFloatNetwork =>
            new FloatKernel<TSimd, TVector, TNetwork>(weights, network, path, constantTimespan);
    }
}
