using System.Runtime.Intrinsics;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// A dense or wired CfC in integers. Inputs and timespans become integers at the start of a step, outputs floating point at its end; between them
/// nothing is rounded but by shifts, so that every path and every machine gives the same bits. What leaves its range stays at the range's end.
/// </summary>
/// <remarks>Timespans above 2^20 count as 2^20.</remarks>
public sealed unsafe class FixedPointKernel : NetworkKernel
{
    private readonly FixedPointProgram _program;

    private FixedPointKernel(NetworkArchitecture architecture, KernelPath path, KernelPrecision precision, FixedPointProgram program)
        : base(architecture, path)
    {
        _program = program;
        Report = new FixedPointReport(precision, [.. program.Format.Layers]);
    }

    public KernelPrecision Precision => Report.Precision;

    public FixedPointReport Report { get; }

    /// <summary>A kernel of these weights, rounded to integers: the same weights and ranges give the same kernel everywhere.</summary>
    /// <param name="weights">Of a dense or wired CfC.</param>
    /// <param name="precision">Int16 or Int32.</param>
    /// <param name="ranges">How far the numbers reach; null: the usual ranges.</param>
    /// <param name="options">Null: the fastest path here.</param>
    /// <exception cref="ModelFormatException">The network has what fixed point does not do, or a range that overflows.</exception>
    /// <exception cref="PlatformNotSupportedException">This machine has no vectors as wide as the path asked for.</exception>
    public static FixedPointKernel Compile(
        NetworkWeights weights, KernelPrecision precision, FixedPointRanges? ranges = null, KernelOptions? options = null)
    {
        ranges ??= FixedPointRanges.Default;
        ranges.ThrowIfInvalid(weights.Architecture, "ranges");
        KernelPath path = options?.Path ?? FastestPath;
        FixedPointFormat format = precision switch
        {
            KernelPrecision.Int16 => Int16FormatFor(path),
            KernelPrecision.Int32 => Int32FormatFor(path),
            _ => throw new ArgumentException($"Found {precision}, expected Int16 or Int32.", nameof(precision)),
        };
        return new FixedPointKernel(weights.Architecture, path, precision, FixedPointCompiler.Compile(weights, ranges, format));
    }

    public override KernelState CreateState() => new FixedPointState(_program);

    private protected override StepResult Advance(KernelState state, ReadOnlySpan<float> input, float timespan, Span<float> output)
    {
        if (state is not FixedPointState own || own.Program != _program) return StepResult.StateLengthWrong;
        byte* memory = own.Memory;
        FixedTimespan elapsed = new(timespan);
        _program.Format.WriteInput(input, _program.InputFactors.Pointer, memory + _program.InputOffset);
        foreach (FixedPointStage stage in _program.Stages) stage.Run(memory, elapsed);
        _program.Readout.Run(memory, output);
        return StepResult.Ok;
    }

    private static KernelPath FastestPath =>
        Int16Simd256.IsSupported ? KernelPath.Vector256 : Int16Simd128.IsSupported ? KernelPath.Vector128 : KernelPath.Scalar;

    private static FixedPointFormat Int16FormatFor(KernelPath path) => path switch
    {
        KernelPath.Scalar => new Int16Format<Int16Scalar, int>(),
        KernelPath.Vector128 when Int16Simd128.IsSupported => new Int16Format<Int16Simd128, Vector128<int>>(),
        KernelPath.Vector256 when Int16Simd256.IsSupported => new Int16Format<Int16Simd256, Vector256<int>>(),
        _ => throw Unsupported(path),
    };

    private static Int32Format Int32FormatFor(KernelPath path) => path switch
    {
        KernelPath.Scalar => new Int32Format(path),
        KernelPath.Vector128 when Int16Simd128.IsSupported => new Int32Format(path),
        KernelPath.Vector256 when Int16Simd256.IsSupported => new Int32Format(path),
        _ => throw Unsupported(path),
    };

    private static PlatformNotSupportedException Unsupported(KernelPath path) =>
        new($"No fixed-point kernel on the path {path} here. Leave the path out: this machine's fastest is {FastestPath}.");
}
