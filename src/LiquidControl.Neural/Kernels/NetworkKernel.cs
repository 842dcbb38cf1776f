namespace LiquidControl.Neural.Kernels;

/// <summary>A network compiled for speed: read-only, packed, aligned. The state lives outside, so that one kernel serves many.</summary>
public abstract class NetworkKernel
{
    private protected NetworkKernel(NetworkArchitecture architecture, KernelPath path)
    {
        Architecture = architecture;
        Path = path;
    }

    public NetworkArchitecture Architecture { get; }

    public int InputSize => Architecture.InputSize;

    public int StateSize => Architecture.StateSize;

    public int OutputSize => Architecture.OutputSize;

    public KernelPath Path { get; }

    public abstract KernelState CreateState();

    /// <summary>One step. Allocates nothing; never throws. Unless the result is Ok, state and output are as they were.</summary>
    public StepResult Step(KernelState state, ReadOnlySpan<float> input, float timespan, Span<float> output)
    {
        if (input.Length != InputSize) return StepResult.InputLengthWrong;
        if (output.Length != OutputSize) return StepResult.OutputLengthWrong;
        if (!float.IsFinite(timespan)) return StepResult.TimespanNotFinite;
        if (timespan < 0.0f) return StepResult.TimespanNegative;
        foreach (float value in input)
        {
            if (!float.IsFinite(value)) return StepResult.InputNotFinite;
        }

        return Advance(state, input, timespan, output);
    }

    private protected abstract StepResult Advance(KernelState state, ReadOnlySpan<float> input, float timespan, Span<float> output);
}
