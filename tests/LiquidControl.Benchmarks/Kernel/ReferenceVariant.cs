using LiquidControl.Neural;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>The network as <see cref="Network{T}"/> steps it in 32 bits.</summary>
internal sealed class ReferenceVariant : KernelVariant
{
    private readonly Network<float> _network;
    private readonly float[] _state;
    private readonly float[] _scratch;

    /// <param name="weights">The network.</param>
    /// <param name="tolerance">Largest difference of an output from the network in double.</param>
    public ReferenceVariant(NetworkWeights weights, double tolerance)
        : base(weights, tolerance)
    {
        _network = Network<float>.Create(weights);
        _state = new float[_network.StateSize];
        _scratch = new float[_network.ScratchLength];
    }

    public override void Run(int steps)
    {
        for (; steps > 0; steps--)
        {
            Span<float> output = Outputs.AsSpan(Next * OutputSize, OutputSize);
            _network.Step(Inputs.AsSpan(Next * InputSize, InputSize), KernelInputs.Timespan, _state, output, _scratch);
            if (++Next == KernelInputs.Count) Next = 0;
        }
    }

    protected override void Reset() => Array.Clear(_state);
}
