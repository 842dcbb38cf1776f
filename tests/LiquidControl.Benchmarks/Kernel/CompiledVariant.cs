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
        for (; steps > 0; steps--)
        {
            Span<float> output = Outputs.AsSpan(Next * OutputSize, OutputSize);
            _kernel.Step(_state, Inputs.AsSpan(Next * InputSize, InputSize), KernelInputs.Timespan, output);
            if (++Next == KernelInputs.Count) Next = 0;
        }
    }

    protected override void Reset() => _state.Reset();
}
