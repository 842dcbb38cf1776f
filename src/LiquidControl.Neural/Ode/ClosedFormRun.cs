namespace LiquidControl.Neural.Ode;

/// <summary>A closed form over recorded inputs beside the solution of the network's equation.</summary>
/// <param name="Kind">Which form.</param>
/// <param name="IsClosedLoop">
/// Whether it started each step from its own state and saw its own neurons, as a controller runs it; else both came from the solution, as
/// the published algorithm takes recorded activity.
/// </param>
/// <param name="Outputs">[step][output], up to where a number overflowed.</param>
/// <param name="OutputError">Mean squared error of the outputs; infinite if a number overflowed.</param>
/// <param name="NormalisedError">The same as a part of the solution's variance: the best constant has 1.</param>
/// <param name="StateError">Mean squared error of the neurons' states.</param>
public sealed record ClosedFormRun(
    LtcClosedFormKind Kind, bool IsClosedLoop, double[][] Outputs, double OutputError, double NormalisedError, double StateError)
{
    /// <param name="cell">An LTC network without mixed memory.</param>
    /// <param name="sequence">The inputs and timespans.</param>
    /// <param name="solution">Of the network's equation over that sequence.</param>
    /// <param name="kind">Which form.</param>
    /// <param name="isClosedLoop">See <see cref="IsClosedLoop"/>.</param>
    public static ClosedFormRun Of(NetworkWeights cell, ReferenceSequence sequence, OdeReference solution, LtcClosedFormKind kind, bool isClosedLoop)
    {
        LtcClosedForm<double> network = LtcClosedForm<double>.Compile(cell, kind);
        LtcParameters<double> parameters = LtcParameters<double>.From(cell);
        double[] state = [.. solution.States[0]];
        double[] output = new double[network.OutputSize];
        double[] scratch = new double[network.ScratchLength];
        List<double[]> outputs = [];
        double outputSum = 0.0, stateSum = 0.0;
        for (int step = 0; step < solution.Outputs.Length; step++)
        {
            StepResult result = StepResult.Ok;
            if (isClosedLoop) result = network.Step(sequence.Inputs[step], sequence.Timespans[step], state, output, scratch);
            else
            {
                double[] before = solution.States[step], after = solution.States[step + 1];
                double[] seen = kind == LtcClosedFormKind.Published ? after : [.. before.Select((x, j) => 0.5 * (x + after[j]))];
                network.Follow(sequence.Inputs[step], sequence.Timespans[step], before, seen, state);
                for (int k = 0; k < output.Length; k++) output[k] = state[k] * parameters.OutputWeight[k] + parameters.OutputBias[k];
            }

            if (result != StepResult.Ok) return new ClosedFormRun(kind, isClosedLoop, [.. outputs], Inf, Inf, Inf);
            outputs.Add([.. output]);
            outputSum += SquaredDifference(output, solution.Outputs[step]);
            stateSum += SquaredDifference(state, solution.States[step + 1]);
        }

        double outputError = outputSum / (outputs.Count * output.Length);
        double stateError = stateSum / (outputs.Count * state.Length);
        return new ClosedFormRun(kind, isClosedLoop, [.. outputs], outputError, outputError / Variance(solution.Outputs), stateError);
    }

    private const double Inf = double.PositiveInfinity;

    private static double SquaredDifference(double[] a, double[] b)
    {
        double sum = 0.0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    /// <summary>Of each output about its own mean, averaged over the outputs.</summary>
    private static double Variance(double[][] rows)
    {
        double[] mean = [.. rows[0].Select((_, k) => rows.Average(row => row[k]))];
        return rows.Sum(row => SquaredDifference(row, mean)) / (rows.Length * mean.Length);
    }
}
