using System.Numerics;
using LiquidControl.Benchmarks.Harness;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Benchmarks.Kernel.Ode;

/// <summary>An LTC network stepped by a solver of its equation, held against the solved equation.</summary>
internal sealed unsafe class SolverVariant<TNumber, TLanes> : Variant
    where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
    where TLanes : struct, ILanes<TNumber>
{
    private const int MostSubsteps = 1 << 12;

    /// <summary>Dormand and Prince's tolerance is for a step of its own, and such errors add up.</summary>
    private const double ErrorsInTolerance = 10.0;

    private readonly PackedSolver<TNumber, TLanes> _solver;
    private readonly LtcSolution _solution;
    private readonly double _tolerance;
    private readonly AlignedBuffer<TNumber> _inputs;
    private int _next;

    private SolverVariant(LtcSolution solution, PackedSolver<TNumber, TLanes> solver, double tolerance)
    {
        _solution = solution;
        _solver = solver;
        _tolerance = tolerance;
        int length = solver.Equation.InputLength;
        _inputs = new AlignedBuffer<TNumber>(KernelInputs.Count * length);
        for (int step = 0; step < KernelInputs.Count; step++)
        {
            double[] input = solution.Inputs[step];
            for (int i = 0; i < input.Length; i++) _inputs.Span[step * length + i] = TNumber.CreateTruncating(input[i]);
        }
    }

    public override double? EvaluationsPerStep
    {
        get
        {
            long before = _solver.Evaluations;
            Run(KernelInputs.Count);
            return (double)(_solver.Evaluations - before) / KernelInputs.Count;
        }
    }

    /// <summary>The classical Runge-Kutta method with as few substeps as keep every state within the tolerance.</summary>
    /// <exception cref="InvalidOperationException">The tolerance is not met.</exception>
    public static SolverVariant<TNumber, TLanes> RungeKutta(LtcSolution solution, double tolerance)
    {
        int enough = 1;
        while (!RungeKutta(solution, enough, tolerance).Keeps)
        {
            enough *= 2;
            if (enough > MostSubsteps)
                throw new InvalidOperationException($"Runge-Kutta 4 misses {tolerance} with {MostSubsteps} substeps.");
        }

        for (int tooFew = enough / 2; enough - tooFew > 1;)
        {
            int middle = (tooFew + enough) / 2;
            if (RungeKutta(solution, middle, tolerance).Keeps) enough = middle;
            else tooFew = middle;
        }

        return RungeKutta(solution, enough, tolerance);
    }

    /// <summary>The classical Runge-Kutta method.</summary>
    public static SolverVariant<TNumber, TLanes> RungeKutta(LtcSolution solution, int substeps, double tolerance) =>
        new(solution, new PackedRungeKutta4<TNumber, TLanes>(solution.Parameters, substeps), tolerance);

    /// <summary>Adaptive steps, each within the tolerance.</summary>
    public static SolverVariant<TNumber, TLanes> DormandPrince(LtcSolution solution, double tolerance) =>
        new(solution, new PackedDormandPrince<TNumber, TLanes>(solution.Parameters, tolerance), ErrorsInTolerance * tolerance);

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

    private bool Keeps => WorstError() <= _tolerance;

    private double WorstError()
    {
        double[] state = new double[_solver.Equation.Size];
        double worst = 0.0;
        _solver.Reset();
        for (_next = 0; _next < KernelInputs.Count; _next++)
        {
            if (!Step()) return double.PositiveInfinity;
            _solver.Read(state);
            for (int j = 0; j < state.Length; j++) worst = Math.Max(worst, Math.Abs(state[j] - _solution.States[_next][j]));
        }

        _next = 0;
        return worst;
    }

    private bool Step()
    {
        _solver.Equation.Hold(_inputs.Pointer + _next * _solver.Equation.InputLength);
        return _solver.Advance(KernelInputs.Timespan);
    }
}
