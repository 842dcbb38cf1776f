using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Training;

/// <summary>How often a network, in its compiled kernel, tells the parity of bit streams.</summary>
public static class XorAccuracy
{
    /// <summary>
    /// The share of sequences, 0 to 1, whose last output is above 0 where the last target is 1 and not above 0 where it is 0.
    /// </summary>
    /// <param name="weights">A network of one input and one output.</param>
    /// <param name="data">Labelled sequences of one feature, which are read as they are.</param>
    /// <param name="threads">Threads; the result does not depend on it.</param>
    /// <exception cref="ModelFormatException">A weight is beyond the range of a float.</exception>
    /// <exception cref="ArgumentException">The network or the data have other than one input and one output.</exception>
    public static double Of(NetworkWeights weights, SequenceSet data, int threads)
    {
        NetworkArchitecture architecture = weights.Architecture;
        if ((architecture.InputSize, architecture.OutputSize, data.Features.Count, data.Targets.Count) is not (1, 1, 1, 1))
            throw new ArgumentException(
                $"A network of {architecture.InputSize} inputs and {architecture.OutputSize} outputs tells no parity of bit streams.");
        NetworkKernel kernel = NetworkKernel.Compile(weights);
        int right = 0;
        Parallel.For(
            0, data.Sequences.Count, new ParallelOptions { MaxDegreeOfParallelism = threads },
            kernel.CreateState,
            (i, _, state) =>
            {
                if (IsTold(kernel, state, data.Sequences[i]))
                    Interlocked.Increment(ref right);
                return state;
            },
            static _ => { });
        return (double)right / data.Sequences.Count;
    }

    private static bool IsTold(NetworkKernel kernel, KernelState state, TrainingSequence sequence)
    {
        Span<float> output = stackalloc float[1];
        state.Reset();
        for (int step = 0; step < sequence.Steps; step++)
            if (kernel.Step(state, sequence.Features.AsSpan(step, 1), sequence.Timespans[step], output) != StepResult.Ok)
                return false;
        return output[0] > 0f == sequence.Targets[^1] > 0.5f;
    }
}
