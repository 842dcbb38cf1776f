namespace LiquidControl.Neural.Ode;

/// <summary>
/// Equation (1) for one synapse, dx/dt = -[w_τ + f(I)] x + A f(I): the state is x. The closed form is derived for another right-hand
/// side, see
/// <see cref="Synapse.Solution"/>, and tends to another resting point.
/// </summary>
public sealed class LiquidSynapse(Synapse synapse) : IOdeRightHandSide<double>
{
    public int Size => 1;

    /// <summary>I, held.</summary>
    public double Input { get; set; }

    public void Derivative(ReadOnlySpan<double> state, Span<double> dxdt)
    {
        double f = synapse.Activation(Input);
        dxdt[0] = f * synapse.Reversal - (synapse.Rate + f) * state[0];
    }
}
