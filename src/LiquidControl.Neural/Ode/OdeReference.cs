namespace LiquidControl.Neural.Ode;

/// <summary>The solution of an LTC network's equation over recorded inputs, each held from the sample before to its own.</summary>
public sealed class OdeReference
{
    private OdeReference(double[][] states, double[][] outputs)
    {
        States = states;
        Outputs = outputs;
    }

    /// <summary>[step + 1][neuron], the initial one first.</summary>
    public double[][] States { get; }

    /// <summary>[step][output].</summary>
    public double[][] Outputs { get; }

    /// <param name="cell">An LTC network without mixed memory.</param>
    /// <param name="sequence">Inputs, timespans and the initial state, of which the neurons' part counts.</param>
    /// <param name="tolerance">Relative and absolute, of each of the solver's steps.</param>
    /// <exception cref="InvalidOperationException">The solver gave up.</exception>
    public static OdeReference Solve(NetworkWeights cell, ReferenceSequence sequence, double tolerance)
    {
        LtcParameters<double> parameters = LtcParameters<double>.From(cell);
        LtcEquation<double> equation = new(parameters);
        DormandPrince<double> solver = new(equation, tolerance, tolerance, mostSteps: 10_000_000);
        double[][] states = new double[sequence.Inputs.Length + 1][];
        double[][] outputs = new double[sequence.Inputs.Length][];
        double[] state = sequence.InitialState.AsSpan()[..equation.Size].ToArray();
        states[0] = [.. state];
        for (int step = 0; step < outputs.Length; step++)
        {
            equation.Hold(sequence.Inputs[step]);
            OdeResult result = solver.Advance(sequence.Timespans[step] + parameters.Architecture.TimespanOffset, state);
            if (result != OdeResult.Ok) throw new InvalidOperationException($"Step {step} of '{sequence.Name}': the solver ended with {result}.");
            states[step + 1] = [.. state];
            outputs[step] = [.. parameters.OutputWeight.Select((weight, k) => state[k] * weight + parameters.OutputBias[k])];
        }

        return new OdeReference(states, outputs);
    }
}
