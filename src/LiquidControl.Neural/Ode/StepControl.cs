using LiquidControl.Numerics;

namespace LiquidControl.Neural.Ode;

/// <summary>
/// The lengths of the steps of a fifth order method over one duration: a PI controller (Hairer, Nørsett and Wanner, Solving Ordinary
/// Differential Equations I, II.4 and IV.2).
/// </summary>
internal struct StepControl
{
    private const double Safety = 0.9;
    private const double Damping = 0.04;
    private const double Exponent = 0.2 - 0.75 * Damping;
    private const double LeastGrowth = 0.2;
    private const double MostGrowth = 10.0;
    private const double GrowthAfterOverflow = 0.1;

    /// <summary>ln 1e-4: an error below this counts as this the next time.</summary>
    private const double LeastLogarithm = -9.210340371976182;

    private double _lastLogarithm = LeastLogarithm;
    private bool _rejected;

    public StepControl()
    {
    }

    /// <summary>How many times as long the next step should be.</summary>
    /// <param name="error">Of this step as a part of what is allowed: kept if at most 1. Not finite if numbers overflowed.</param>
    public double Growth(double error)
    {
        bool wasRejected = _rejected;
        _rejected = !(error <= 1.0);
        if (!double.IsFinite(error)) return GrowthAfterOverflow;
        double logarithm = Elementary.Log(error);
        double correction = -Exponent * logarithm;
        if (_rejected) return Math.Clamp(Safety * Elementary.Exp(correction), LeastGrowth, 1.0);
        double growth = Safety * Elementary.Exp(correction + Damping * _lastLogarithm);
        _lastLogarithm = Math.Max(logarithm, LeastLogarithm);
        return Math.Clamp(growth, LeastGrowth, wasRejected ? 1.0 : MostGrowth);
    }
}
