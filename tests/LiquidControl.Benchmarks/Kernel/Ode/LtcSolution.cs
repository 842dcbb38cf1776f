using LiquidControl.Neural;
using LiquidControl.Neural.Ode;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>The solved equation of an LTC network over a turn of <see cref="KernelInputs"/>, from the zero state.</summary>
internal sealed class LtcSolution
{
    private const double Tolerance = 1e-12;

    public LtcSolution(NetworkWeights weights)
    {
        Parameters = LtcParameters<double>.From(weights);
        int inputSize = weights.Architecture.InputSize;
        float[] inputs = new float[KernelInputs.Count * inputSize];
        KernelInputs.Fill(inputs);
        Inputs = [.. inputs.Chunk(inputSize).Select(input => Array.ConvertAll(input, value => (double)value))];
        LtcEquation<double> equation = new(Parameters);
        DormandPrince<double> solver = new(equation, Tolerance, Tolerance);
        double[] state = new double[equation.Size];
        List<double[]> states = [[.. state]];
        foreach (double[] input in Inputs)
        {
            equation.Hold(input);
            OdeResult result = solver.Advance(KernelInputs.Timespan, state);
            if (result != OdeResult.Ok) throw new InvalidOperationException($"The solver ended with {result}.");
            states.Add([.. state]);
        }

        States = [.. states];
    }

    public LtcParameters<double> Parameters { get; }

    /// <summary>[step][input].</summary>
    public double[][] Inputs { get; }

    /// <summary>[step + 1][neuron], the initial one first.</summary>
    public double[][] States { get; }
}
