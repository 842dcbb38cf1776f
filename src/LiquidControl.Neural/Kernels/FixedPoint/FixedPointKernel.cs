using System.Runtime.Intrinsics;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// A dense or wired CfC in integers. Inputs and timespans become integers at the start of a step, outputs floating point at its end;
/// between them nothing is rounded but by shifts, so that every path and every machine gives the same bits. What leaves its range stays
/// at the range's end.
/// </summary>
/// <remarks>Timespans above 2^20 count as 2^20.</remarks>
public sealed unsafe class FixedPointKernel : NetworkKernel
{
    private readonly FixedPointProgram _program;

    private FixedPointKernel(
        NetworkArchitecture architecture, KernelPath path, float? constantTimespan, KernelPrecision precision, FixedPointProgram program)
        : base(architecture, path, constantTimespan)
    {
        _program = program;
        Report = new FixedPointReport(precision, [.. program.Format.Layers]);
    }

    public KernelPrecision Precision => Report.Precision;

    public FixedPointReport Report { get; }

    /// <summary>A kernel of these weights, rounded to integers: the same weights and ranges give the same kernel everywhere.</summary>
    /// <param name="weights">Of a dense or wired CfC.</param>
    /// <param name="precision">Fixed16 or Fixed32.</param>
    /// <param name="ranges">How far the numbers reach; null: the usual ranges.</param>
    /// <param name="options">Null: the fastest path here.</param>
    /// <exception cref="ModelFormatException">The network has what fixed point does not do, or a range that overflows.</exception>
    /// <exception cref="PlatformNotSupportedException">This processor has no instructions for the path asked for.</exception>
    public static FixedPointKernel Compile(
        NetworkWeights weights, KernelPrecision precision, FixedPointRanges? ranges = null, KernelOptions? options = null)
    {
        ranges ??= FixedPointRanges.Default;
        options ??= new KernelOptions();
        ranges.ThrowIfInvalid(weights.Architecture, "ranges");
        KernelPath path = options.Path ?? KernelPaths.Best;
        if (!KernelPaths.IsSupported(path))
        {
            throw new PlatformNotSupportedException($"Found the path {path}, expected one of this processor, such as {KernelPaths.Best}.");
        }

        FixedPointFormat format = precision switch
        {
            KernelPrecision.Fixed16 => Int16FormatFor(path),
            KernelPrecision.Fixed32 => new Int32Format(path),
            _ => throw new ArgumentException($"Found {precision}, expected Fixed16 or Fixed32.", nameof(precision)),
        };
        FixedPointProgram program = FixedPointCompiler.Compile(weights, ranges, format);
        return new FixedPointKernel(weights.Architecture, path, options.ConstantTimespan, precision, program);
    }

    /// <summary>Backbone layers.</summary>
    internal int HiddenLayers => _program.Hidden.Length;

    public override KernelState CreateState() => new FixedPointState(this, _program);

    private protected override StepResult Evaluate(
        KernelState state, ReadOnlySpan<float> input, float timespan, Span<float> output, bool commits)
    {
        StepResult result = Check(state, input.Length, timespan, output.Length);
        if (result != StepResult.Ok) return result;
        foreach (float value in input)
        {
            if (!float.IsFinite(value)) return StepResult.InputNotFinite;
        }

        FixedPointState own = (FixedPointState)state;
        byte* memory = commits ? own.Memory : own.BeginTrial();
        FixedTimespan elapsed = new(timespan);
        _program.Format.WriteInput(input, _program.InputFactors.Pointer, memory + _program.InputOffset);
        foreach (FixedPointStage stage in _program.Stages) stage.Run(memory, elapsed);
        _program.Readout.Run(memory, output);
        return StepResult.Ok;
    }

    /// <summary>The largest magnitude of a backbone layer's activations in the last step.</summary>
    internal double LargestHidden(KernelState state, int layer) =>
        _program.Hidden[layer].Max(unit => Math.Abs(((FixedPointState)state).Value(unit)));

    private static FixedPointFormat Int16FormatFor(KernelPath path) => path switch
    {
        KernelPath.Vector256 => new Int16Format<Int16Simd256, Vector256<int>>(),
        KernelPath.Vector128 => new Int16Format<Int16Simd128, Vector128<int>>(),
        _ => new Int16Format<Int16Scalar, int>(),
    };
}
