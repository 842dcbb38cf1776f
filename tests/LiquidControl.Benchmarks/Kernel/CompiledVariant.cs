using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>The network compiled into a kernel.</summary>
internal sealed class CompiledVariant : KernelVariant
{
    private readonly NetworkKernel _kernel;
    private readonly KernelState _state;

    /// <param name="kernel">Of the network.</param>
    /// <param name="weights">The network.</param>
    /// <param name="tolerance">Largest difference of an output from the network in double.</param>
    public CompiledVariant(NetworkKernel kernel, NetworkWeights weights, double tolerance)
        : base(weights, tolerance)
    {
        _kernel = kernel;
        _state = kernel.CreateState();
    }

    public override void Run(int steps)
    {
        // Held here, so that what is counted is the step and not the way to its arguments.
        NetworkKernel kernel = _kernel;
        KernelState state = _state;
        int inputSize = InputSize, outputSize = OutputSize;
        while (steps > 0)
        {
            int count = Math.Min(steps, KernelInputs.Count - Next);
            ReadOnlySpan<float> inputs = Inputs.AsSpan(Next * inputSize, count * inputSize);
            Span<float> outputs = Outputs.AsSpan(Next * outputSize, count * outputSize);
            for (; !outputs.IsEmpty; inputs = inputs[inputSize..], outputs = outputs[outputSize..])
                kernel.Step(state, inputs[..inputSize], KernelInputs.Timespan, outputs[..outputSize]);
            steps -= count;
            Next = (Next + count) % KernelInputs.Count;
        }
    }

    protected override void Reset() => _state.Reset();
}
