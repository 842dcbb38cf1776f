using LiquidControl.Neural.Ode;
using Xunit;

namespace LiquidControl.Neural.Tests.Ode;

/// <summary>One long held input on a golden LTC network, and its solution.</summary>
internal sealed class LtcCase
{
    private const double Duration = 1.0;
    private readonly NetworkWeights _weights = LtcCell.Of(ReferenceVectors.Load(Golden.Json("ltc_ncp_linear_map")).Weights);
    private readonly double[] _input;
    private readonly double[] _solution;

    public LtcCase()
    {
        Equation = new LtcEquation<double>(LtcParameters<double>.From(_weights));
        _input = [.. Enumerable.Range(0, _weights.Architecture.InputSize).Select(i => 0.9 - 0.3 * i)];
        Equation.Hold(_input);
        _solution = new double[Equation.Size];
        Assert.Equal(OdeResult.Ok, new DormandPrince<double>(Equation, 1e-14, 1e-14).Advance(Duration, _solution));
    }

    public LtcEquation<double> Equation { get; }

    public double ErrorOf(OdeSolver<double> solver)
    {
        double[] state = new double[Equation.Size];
        Assert.Equal(OdeResult.Ok, solver.Advance(Duration, state));
        return Largest(state);
    }

    public double ErrorOfFused(int unfolds)
    {
        SampledNetwork<double> network = new(Network<double>.Create(LtcCell.WithUnfolds(_weights, unfolds)));
        Assert.Equal(StepResult.Ok, network.Step(_input, Duration));
        return Largest(network.State);
    }

    private double Largest(ReadOnlySpan<double> state)
    {
        double largest = 0.0;
        for (int j = 0; j < state.Length; j++) largest = Math.Max(largest, Math.Abs(state[j] - _solution[j]));
        return largest;
    }
}
