using LiquidControl.Neural.Ode;
using Xunit;

namespace LiquidControl.Neural.Tests.Ode;

public class SynapseTests
{
    [Fact]
    public void No_synapse_of_ten_thousand_lies_outside_the_bounds_and_the_worst_comes_close()
    {
        SynapseBoundSearch search = SynapseBoundSearch.Run(10_000, seed: 1);
        Assert.Equal(0, search.Outside);
        Assert.InRange(search.WorstUpper, 0.999, 1.0 + 1e-6);
        Assert.InRange(search.WorstLower, 0.999, 1.0 + 1e-6);
    }

    [Fact]
    public void The_closed_form_is_not_the_liquid_equation()
    {
        SynapseBoundSearch search = SynapseBoundSearch.Run(1_000, seed: 2);
        Assert.InRange(search.LiquidGapLargest, 1.0, 100.0);
        Assert.InRange(search.LiquidGapMedian, 0.01, 1.0);
    }

    [Fact]
    public void A_held_input_leaves_the_two_equations_at_their_two_resting_points()
    {
        Synapse synapse = new(Rate: 0.5, Reversal: 2.0, Slope: 4.0, Midpoint: 0.3);
        LiquidSynapse equation = new(synapse) { Input = 0.4 };
        double[] state = [-1.0];
        Assert.Equal(OdeResult.Ok, new DormandPrince<double>(equation, 1e-10, 1e-10).Advance(200.0, state));
        double f = synapse.Activation(0.4);
        Assert.Equal(2.0 * f / (0.5 + f), state[0], 1e-8);
        Assert.Equal(2.0, synapse.Solution(-1.0, 200.0 * f, 200.0), 1e-12);
        Assert.Equal(2.0, synapse.ClosedForm(-1.0, 0.4, 200.0), 1e-12);
    }

    [Fact]
    public void The_exact_solution_solves_its_equation()
    {
        Synapse synapse = new(Rate: 0.7, Reversal: 0.4, Slope: 3.0, Midpoint: -0.2);
        double f = synapse.Activation(0.1);
        const double H = 1e-5;
        double slope = (synapse.Solution(1.5, f * (1 + H), 1 + H) - synapse.Solution(1.5, f * (1 - H), 1 - H)) / (2 * H);
        Assert.Equal(-(0.7 + f) * (synapse.Solution(1.5, f, 1.0) - 0.4), slope, 1e-9);
    }
}
