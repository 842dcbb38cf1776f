using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>The network compiled into a kernel, which is given all the inputs of a turn in one call, as the native programs are.</summary>
internal sealed class SequenceVariant : KernelVariant
{
    private readonly NetworkKernel _kernel;
    private readonly KernelState _state;

    /// <param name="kernel">Of the network.</param>
    /// <param name="weights">The network.</param>
    /// <param name="tolerance">Largest difference of an output from the network in double.</param>
    public SequenceVariant(NetworkKernel kernel, NetworkWeights weights, double tolerance)
        : base(weights, tolerance)
    {
        _kernel = kernel;
        _state = kernel.CreateState();
    }

    public override void Run(int steps)
    {
        while (steps > 0)
        {
            int count = Math.Min(steps, KernelInputs.Count - Next);
            Span<float> outputs = Outputs.AsSpan(Next * OutputSize, count * OutputSize);
            _kernel.Run(_state, Inputs.AsSpan(Next * InputSize, count * InputSize), KernelInputs.Timespan, outputs, out _);
            steps -= count;
            Next = (Next + count) % KernelInputs.Count;
        }
    }

    protected override void Reset() => _state.Reset();
}
