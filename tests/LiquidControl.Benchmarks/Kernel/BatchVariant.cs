using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>The network compiled for many robots, each at another step of the turn. The first one's outputs are checked.</summary>
internal sealed class BatchVariant : KernelVariant
{
    private const int Robots = 96;

    private readonly BatchKernel _kernel;
    private readonly BatchState _state;
    private readonly float[][] _inputs;
    private readonly float[] _outputs;

    /// <param name="kernel">Of the network.</param>
    /// <param name="weights">The network.</param>
    /// <param name="tolerance">Largest difference of an output from the network in double.</param>
    public BatchVariant(BatchKernel kernel, NetworkWeights weights, double tolerance)
        : base(weights, tolerance)
    {
        _kernel = kernel;
        _state = kernel.CreateState(Robots);
        _outputs = new float[Robots * OutputSize];
        _inputs = new float[KernelInputs.Count][];
        for (int step = 0; step < _inputs.Length; step++)
        {
            _inputs[step] = new float[Robots * InputSize];
            for (int robot = 0; robot < Robots; robot++)
            {
                Inputs.AsSpan((step + robot) % KernelInputs.Count * InputSize, InputSize)
                    .CopyTo(_inputs[step].AsSpan(robot * InputSize));
            }
        }
    }

    public override int StepsAtOnce => Robots;

    public override void Run(int steps)
    {
        for (; steps > 0; steps--)
        {
            _kernel.Step(_state, _inputs[Next], KernelInputs.Timespan, _outputs);
            _outputs.AsSpan(0, OutputSize).CopyTo(Outputs.AsSpan(Next * OutputSize));
            if (++Next == KernelInputs.Count) Next = 0;
        }
    }

    protected override void Reset() => _state.Reset();
}
