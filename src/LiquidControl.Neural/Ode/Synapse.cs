using LiquidControl.Numerics;

namespace LiquidControl.Neural.Ode;

/// <summary>One cell with one synapse, without connection to itself: the case for which the closed form is derived.</summary>
/// <param name="Rate">w_τ, the cell's own rate, not negative.</param>
/// <param name="Reversal">A.</param>
/// <param name="Slope">Of the synapse's sigmoid, above zero.</param>
/// <param name="Midpoint">Input at which the sigmoid is one half.</param>
public readonly record struct Synapse(double Rate, double Reversal, double Slope, double Midpoint)
{
    /// <summary>f(I), in (0, 1).</summary>
    public double Activation(double input) => Elementary.Sigmoid(Slope * (input - Midpoint));

    /// <summary>
    /// The closed form, (x0 - A) e^(-[w_τ + f(I)] t) f(-I) + A: equation (2) of Hasani et al. 2022, arXiv 2106.13898.
    /// </summary>
    /// <param name="start">x0.</param>
    /// <param name="input">I at <paramref name="time"/>; the inputs before do not count.</param>
    /// <param name="time">t.</param>
    public double ClosedForm(double start, double input, double time) =>
        (start - Reversal) * Elementary.Exp(-((Rate + Activation(input)) * time)) * Activation(-input) + Reversal;

    /// <summary>
    /// What the closed form approximates, (x0 - A) e^(-w_τ t - ∫ f(I) ds) + A, equation (5). It solves dx/dt = -[w_τ + f](x - A), whose
    /// resting point is A; the network's own equation (1), dx/dt = -[w_τ + f] x + A f, rests at A f / (w_τ + f) and is
    /// <see cref="LiquidSynapse"/>.
    /// </summary>
    /// <param name="start">x0.</param>
    /// <param name="integral">∫ f(I(s)) ds from 0 to <paramref name="time"/>.</param>
    /// <param name="time">t.</param>
    public double Solution(double start, double integral, double time) =>
        (start - Reversal) * Elementary.Exp(-(Rate * time + integral)) + Reversal;

    /// <summary>The largest that (x - x̃) / (x0 - A) can be for any input, e^(-w_τ t); its size is also the bound on the size (Lemma
    /// 1).</summary>
    public double UpperBound(double time) => Elementary.Exp(-(Rate * time));

    /// <summary>The smallest that (x - x̃) / (x0 - A) can be for any input, e^(-w_τ t) (e^(-t) - 1).</summary>
    public double LowerBound(double time) => Elementary.Exp(-(Rate * time)) * (Elementary.Exp(-time) - 1.0);
}
