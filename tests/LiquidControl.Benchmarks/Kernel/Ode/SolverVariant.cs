using LiquidControl.Neural.Ode;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>An LTC network stepped by a solver of its equation in double, held against the solved equation.</summary>
internal sealed class SolverVariant : Harness.Variant
{
    private const int MostSubsteps = 1 << 12;

    /// <summary>Dormand and Prince's tolerance is for a step of its own, and such errors add up.</summary>
    private const double ErrorsInTolerance = 10.0;

    private readonly LtcEquation<double> _equation;
    private readonly OdeSolver<double> _solver;
    private readonly LtcSolution _solution;
    private readonly double _tolerance;
    private readonly double[] _state;
    private int _next;

    private SolverVariant(LtcSolution solution, LtcEquation<double> equation, OdeSolver<double> solver, double tolerance)
    {
        _solution = solution;
        _equation = equation;
        _solver = solver;
        _tolerance = tolerance;
        _state = new double[equation.Size];
    }

    /// <summary>The classical Runge-Kutta method with as few substeps (a power of two) as keep every state within the tolerance.</summary>
    /// <exception cref="InvalidOperationException">The tolerance is not met.</exception>
    public static SolverVariant RungeKutta(LtcSolution solution, double tolerance)
    {
        for (int substeps = 1; substeps <= MostSubsteps; substeps *= 2)
        {
            LtcEquation<double> equation = new(solution.Parameters);
            SolverVariant variant = new(solution, equation, new RungeKutta4<double>(equation, substeps), tolerance);
            if (variant.WorstError() <= tolerance) return variant;
        }

        throw new InvalidOperationException($"Runge-Kutta 4 misses {tolerance} with {MostSubsteps} substeps.");
    }

    /// <summary>Adaptive steps, each within the tolerance.</summary>
    public static SolverVariant DormandPrince(LtcSolution solution, double tolerance)
    {
        LtcEquation<double> equation = new(solution.Parameters);
        return new(solution, equation, new DormandPrince<double>(equation, tolerance, tolerance), ErrorsInTolerance * tolerance);
    }

    public override void Run(int steps)
    {
        for (; steps > 0; steps--)
        {
            Step();
            if (++_next == KernelInputs.Count) _next = 0;
        }
    }

    public override void Check()
    {
        double worst = WorstError();
        if (!(worst <= _tolerance)) throw new InvalidOperationException($"state error: found {worst}, expected at most {_tolerance}.");
    }

    private double WorstError()
    {
        Array.Clear(_state);
        double worst = 0.0;
        for (_next = 0; _next < KernelInputs.Count; _next++)
        {
            if (Step() != OdeResult.Ok) return double.PositiveInfinity;
            for (int j = 0; j < _state.Length; j++) worst = Math.Max(worst, Math.Abs(_state[j] - _solution.States[_next + 1][j]));
        }

        _next = 0;
        return worst;
    }

    private OdeResult Step()
    {
        _equation.Hold(_solution.Inputs[_next]);
        return _solver.Advance(KernelInputs.Timespan, _state);
    }
}
