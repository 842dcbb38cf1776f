using System.Collections.Immutable;
using LiquidControl.Neural.Explanation;

namespace LiquidControl.Neural.Kernels;

/// <summary>A fixed-point kernel over recordings beside the network in double.</summary>
public sealed class FixedPointComparison
{
    private readonly FixedPointKernel _kernel;
    private readonly Network<double> _network;
    private readonly double[] _scratch;
    private readonly double[] _oneStep;
    private readonly double[] _oneStepSquares;
    private readonly double[] _freeRunning;
    private readonly double[] _freeRunningSquares;

    private FixedPointComparison(NetworkWeights weights, FixedPointKernel kernel)
    {
        _kernel = kernel;
        _network = Network<double>.Create(weights);
        _scratch = new double[_network.ScratchLength];
        _oneStep = new double[kernel.OutputSize];
        _oneStepSquares = new double[kernel.OutputSize];
        _freeRunning = new double[kernel.OutputSize];
        _freeRunningSquares = new double[kernel.OutputSize];
    }

    public int Steps { get; private set; }

    /// <summary>
    /// Steps with a timespan up to 1: the others' one-step errors are not counted, because an error of a rate is multiplied by it.
    /// </summary>
    public int ShortSteps { get; private set; }

    /// <summary>The largest error of a state, of short steps, each from the kernel's own state.</summary>
    public double StateError { get; private set; }

    public ImmutableArray<FixedPointOutputError> Outputs =>
    [
        .. Enumerable.Range(0, _oneStep.Length).Select(i => new FixedPointOutputError(
            _oneStep[i], Math.Sqrt(_oneStepSquares[i] / Math.Max(ShortSteps, 1)),
            _freeRunning[i], Math.Sqrt(_freeRunningSquares[i] / Math.Max(Steps, 1)))),
    ];

    /// <exception cref="ModelFormatException">The network refuses a step.</exception>
    public static FixedPointComparison Of(NetworkWeights weights, FixedPointKernel kernel, IReadOnlyList<Recording> recordings)
    {
        FixedPointComparison comparison = new(weights, kernel);
        foreach (Recording recording in recordings) comparison.Run(recording);
        return comparison;
    }

    private void Run(Recording recording)
    {
        KernelState state = _kernel.CreateState();
        float[] states = new float[_kernel.StateSize];
        float[] output = new float[_kernel.OutputSize];
        double[] free = [.. recording.InitialState];
        double[] freeOutput = new double[output.Length];
        double[] given = new double[states.Length];
        double[] givenOutput = new double[output.Length];
        state.Write(LinearLayer<float>.Round(free));
        for (int step = 0; step < recording.Inputs.Length; step++)
        {
            float[] input = LinearLayer<float>.Round(recording.Inputs[step]);
            double[] sameInput = [.. input.Select(value => (double)value)];
            float timespan = (float)recording.Timespans[step];
            state.Read(states);
            for (int i = 0; i < given.Length; i++) given[i] = states[i];
            StepResult result = _network.Step(sameInput, timespan, free, freeOutput, _scratch);
            if (result == StepResult.Ok) result = _network.Step(sameInput, timespan, given, givenOutput, _scratch);
            if (result == StepResult.Ok) result = _kernel.Step(state, input, timespan, output);
            if (result != StepResult.Ok) throw recording.Refused(step, result);

            Steps++;
            Add(output, freeOutput, _freeRunning, _freeRunningSquares);
            if (timespan > 1.0f) continue;
            ShortSteps++;
            Add(output, givenOutput, _oneStep, _oneStepSquares);
            state.Read(states);
            for (int i = 0; i < given.Length; i++) StateError = Math.Max(StateError, Math.Abs(states[i] - given[i]));
        }
    }

    private static void Add(float[] output, double[] expected, double[] largest, double[] squares)
    {
        for (int i = 0; i < output.Length; i++)
        {
            double error = Math.Abs(output[i] - expected[i]);
            largest[i] = Math.Max(largest[i], error);
            squares[i] += error * error;
        }
    }
}
