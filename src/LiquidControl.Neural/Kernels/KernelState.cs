namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The state of one network that a kernel steps; a kernel serves many. All zero at first. Made by <see cref="NetworkKernel.CreateState"/>.
/// Not thread-safe.
/// </summary>
public abstract class KernelState
{
    private protected KernelState(NetworkKernel kernel)
    {
        Kernel = kernel;
    }

    internal NetworkKernel Kernel { get; }

    /// <summary>All zero, as at the start.</summary>
    public abstract void Reset();

    /// <summary>The state as <see cref="Network{T}"/> orders it.</summary>
    /// <param name="state">Length <see cref="CompiledNetwork.StateSize"/>.</param>
    public abstract void Read(Span<float> state);

    /// <summary>Puts the network into a state; unless the result is Ok nothing has changed.</summary>
    /// <param name="state">Length <see cref="CompiledNetwork.StateSize"/>, finite.</param>
    public abstract StepResult Write(ReadOnlySpan<float> state);

    /// <summary>The state that a step has written but not made current.</summary>
    internal abstract void ReadNext(Span<float> state);
}
