using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Control;

/// <summary>A compiled network with the state of one policy.</summary>
internal sealed class KernelPolicyNetwork : IPolicyNetwork
{
    private readonly NetworkKernel _kernel;
    private readonly KernelState _state;

    public KernelPolicyNetwork(Model model, KernelPrecision precision)
    {
        _kernel = precision == KernelPrecision.Binary32
            ? NetworkKernel.Compile(model.Weights)
            : FixedPointKernel.Compile(model.Weights, precision, model.Metadata.FixedPoint?.Ranges);
        _state = _kernel.CreateState();
    }

    public int InputSize => _kernel.InputSize;

    public int OutputSize => _kernel.OutputSize;

    public int StateSize => _kernel.StateSize;

    public void Reset() => _state.Reset();

    /// <summary>In its first cycle no time has passed: a network that solves an equation is then where it was.</summary>
    public bool Evaluate(ReadOnlySpan<float> input, float timespan, Span<float> output) =>
        _kernel.Step(_state, input, timespan, output) is StepResult.Ok or StepResult.TimespanZero;

    public void ReadState(Span<float> state) => _state.Read(state);
}
