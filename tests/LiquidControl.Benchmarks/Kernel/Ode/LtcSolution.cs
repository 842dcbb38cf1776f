using LiquidControl.Neural;
using LiquidControl.Neural.Ode;

namespace LiquidControl.Benchmarks.Kernel.Ode;

/// <summary>The solved equation of an LTC network over a turn of <see cref="KernelInputs"/>, from the zero state.</summary>
internal sealed class LtcSolution
{
    private const double Tolerance = 1e-12;

    private readonly Lazy<double[][]> _states;

    public LtcSolution(NetworkWeights weights)
    {
        Parameters = LtcParameters<double>.From(weights);
        int inputSize = weights.Architecture.InputSize;
        float[] inputs = new float[KernelInputs.Count * inputSize];
        KernelInputs.Fill(inputs);
        Inputs = [.. inputs.Chunk(inputSize).Select(input => Array.ConvertAll(input, value => (double)value))];
        _states = new Lazy<double[][]>(Solve);
    }

    public LtcParameters<double> Parameters { get; }

    /// <summary>[step][input].</summary>
    public double[][] Inputs { get; }

    /// <summary>[step][neuron], after each step; solved when first asked for.</summary>
    public double[][] States => _states.Value;

    private double[][] Solve()
    {
        LtcEquation<double> equation = new(Parameters);
        DormandPrince<double> solver = new(equation, Tolerance, Tolerance);
        double[] state = new double[equation.Size];
        List<double[]> states = [];
        foreach (double[] input in Inputs)
        {
            equation.Hold(input);
            OdeResult result = solver.Advance(KernelInputs.Timespan, state);
            if (result != OdeResult.Ok) throw new InvalidOperationException($"The solver ended with {result}.");
            states.Add([.. state]);
        }

        return [.. states];
    }
}
