namespace LiquidControl.Neural.Kernels;

/// <summary>The state of one run of a <see cref="NetworkKernel"/>, with the memory a step works in.</summary>
public abstract class KernelState
{
    /// <summary>Back to the start: all zero.</summary>
    public abstract void Reset();

    /// <summary>Copies the state, length <see cref="NetworkKernel.StateSize"/>.</summary>
    public abstract void Read(Span<float> state);

    /// <summary>Replaces the state, length <see cref="NetworkKernel.StateSize"/>; unless the result is Ok nothing changed.</summary>
    public abstract StepResult Write(ReadOnlySpan<float> state);
}
