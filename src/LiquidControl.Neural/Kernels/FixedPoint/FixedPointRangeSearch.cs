using LiquidControl.Neural.Explanation;

namespace LiquidControl.Neural.Kernels;

/// <summary>Finds how far a network's numbers reach over recordings.</summary>
public static class FixedPointRangeSearch
{
    /// <summary>
    /// A range is that many times what was found. Inputs have bits to spare, and beyond their range the network would no longer see them.
    /// </summary>
    public const double InputMargin = 4.0;
    public const double Margin = 1.25;

    /// <param name="weights">Of a CfC.</param>
    /// <param name="recordings">At least one; with inputs as the network sees them.</param>
    /// <exception cref="ModelFormatException">Fixed point cannot do the network, or the network refuses a step.</exception>
    public static FixedPointRanges Of(NetworkWeights weights, IReadOnlyList<Recording> recordings)
    {
        NetworkArchitecture architecture = weights.Architecture;
        Network<double> network = Network<double>.Create(weights);
        double[] inputs = new double[architecture.InputSize];
        double state = 0.0;
        foreach (Recording recording in recordings)
        {
            foreach (double[] input in recording.Inputs)
            {
                for (int i = 0; i < inputs.Length; i++) inputs[i] = Math.Max(inputs[i], Math.Abs(input[i]));
            }

            foreach (double[] states in recording.Run(network))
            {
                foreach (double value in states.AsSpan(0, architecture.NeuronCount)) state = Math.Max(state, Math.Abs(value));
            }
        }

        FixedPointRanges ranges = new()
        {
            Inputs = [.. inputs.Select(largest => largest == 0.0 ? FixedPointRanges.Usual : InputMargin * largest)],
            State = state == 0.0 ? FixedPointRanges.Usual : Margin * state,
        };
        return architecture is CfcArchitecture { BackboneLayers: > 0, Activation: not (Activation.Tanh or Activation.LecunTanh) }
            ? ranges with { Hidden = [.. Hidden(weights, ranges, recordings)] }
            : ranges;
    }

    /// <summary>Seen by a kernel that is precise enough to stand for the network and whose ranges hide nothing.</summary>
    private static double[] Hidden(NetworkWeights weights, FixedPointRanges ranges, IReadOnlyList<Recording> recordings)
    {
        FixedPointKernel kernel = FixedPointKernel.Compile(weights, KernelPrecision.Fixed32, ranges);
        KernelState state = kernel.CreateState();
        float[] output = new float[kernel.OutputSize];
        double[] largest = new double[kernel.HiddenLayers];
        foreach (Recording recording in recordings)
        {
            state.Reset();
            state.Write(LinearLayer<float>.Round(recording.InitialState.AsSpan()));
            for (int step = 0; step < recording.Inputs.Length; step++)
            {
                float[] input = LinearLayer<float>.Round(recording.Inputs[step]);
                StepResult result = kernel.Step(state, input, (float)recording.Timespans[step], output);
                if (result != StepResult.Ok) throw recording.Refused(step, result);
                for (int layer = 0; layer < largest.Length; layer++)
                {
                    largest[layer] = Math.Max(largest[layer], kernel.LargestHidden(state, layer));
                }
            }
        }

        return [.. largest.Select(value => value == 0.0 ? 1.0 : Margin * value)];
    }
}
