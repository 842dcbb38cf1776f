using LiquidControl.Benchmarks.Harness;
using LiquidControl.Benchmarks.Kernel;
using LiquidControl.Benchmarks.Kernel.Ode;
using LiquidControl.Neural.Ode;
using Xunit;
using DoubleSolver = LiquidControl.Benchmarks.Kernel.Ode.SolverVariant<double, LiquidControl.Benchmarks.Kernel.Ode.DoubleLanes>;
using FloatSolver = LiquidControl.Benchmarks.Kernel.Ode.SolverVariant<float, LiquidControl.Benchmarks.Kernel.Ode.FloatLanes>;

namespace LiquidControl.Benchmarks.Tests.Ode;

public sealed class PackedSolverTests
{
    private static readonly LtcSolution Solution = new(KernelSize.Wired[0].DrawLtc());

    /// <summary>A wrong coefficient of the method is far off; what is left is the packed tanh's error.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public unsafe void Runge_Kutta_takes_the_steps_of_the_plain_one(int substeps)
    {
        LtcEquation<double> equation = new(Solution.Parameters);
        RungeKutta4<double> plain = new(equation, substeps);
        PackedRungeKutta4<double, DoubleLanes> packed = new(Solution.Parameters, substeps);
        double[] expected = new double[equation.Size], found = new double[equation.Size];
        double[] padded = new double[packed.Equation.InputLength];
        foreach (double[] input in Solution.Inputs)
        {
            equation.Hold(input);
            Assert.Equal(OdeResult.Ok, plain.Advance(KernelInputs.Timespan, expected));
            input.CopyTo(padded, 0);
            fixed (double* first = padded) packed.Equation.Hold(first);
            Assert.True(packed.Advance(KernelInputs.Timespan));
            packed.Read(found);
            Assert.All(found.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-10));
        }
    }

    [Fact]
    public void Runge_Kutta_has_as_few_substeps_as_keep_to_the_tolerance()
    {
        using DoubleSolver enough = DoubleSolver.RungeKutta(Solution, 1e-5);
        int substeps = (int)enough.EvaluationsPerStep!.Value / 4;
        using DoubleSolver tooFew = DoubleSolver.RungeKutta(Solution, substeps - 1, 1e-5);

        enough.Check();
        Assert.Contains("state error", Assert.Throws<InvalidOperationException>(tooFew.Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Runge_Kutta_says_when_no_number_of_substeps_is_enough() =>
        Assert.Throws<InvalidOperationException>(() => FloatSolver.RungeKutta(Solution, 1e-12));

    /// <summary>The fifth power of the evaluations goes with the accuracy; with a wrong coefficient a lower one would.</summary>
    [Fact]
    public void Dormand_Prince_is_of_fifth_order()
    {
        using DoubleSolver coarse = DoubleSolver.DormandPrince(Solution, 1e-6), fine = DoubleSolver.DormandPrince(Solution, 1e-9);
        coarse.Check();
        fine.Check();

        Assert.InRange(fine.EvaluationsPerStep!.Value / coarse.EvaluationsPerStep!.Value, 2.5, 4.2);
    }

    /// <summary>Steps too short would flatter whoever is compared.</summary>
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-6)]
    [InlineData(1e-9)]
    public void Dormand_Prince_needs_no_more_evaluations_than_the_plain_one(double tolerance)
    {
        CountedEquation equation = new(new LtcEquation<double>(Solution.Parameters));
        DormandPrince<double> plain = new(equation, tolerance, tolerance);
        double[] state = new double[equation.Size];
        foreach (double[] input in Solution.Inputs)
        {
            equation.Equation.Hold(input);
            Assert.Equal(OdeResult.Ok, plain.Advance(KernelInputs.Timespan, state));
        }

        using DoubleSolver packed = DoubleSolver.DormandPrince(Solution, tolerance);
        Assert.InRange(packed.EvaluationsPerStep!.Value, 7.0, (double)equation.Evaluations / Solution.Inputs.Length);
    }

    [Fact]
    public void Solvers_allocate_nothing_on_the_way()
    {
        using Variant runge = FloatSolver.RungeKutta(Solution, 5, 1e-3), dormand = DoubleSolver.DormandPrince(Solution, 1e-6);
        foreach (Variant variant in (Variant[])[runge, dormand])
        {
            variant.Run(1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            variant.Run(1000);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private sealed class CountedEquation(LtcEquation<double> equation) : IOdeRightHandSide<double>
    {
        public LtcEquation<double> Equation { get; } = equation;

        public long Evaluations { get; private set; }

        public int Size => Equation.Size;

        public void Derivative(ReadOnlySpan<double> state, Span<double> dxdt)
        {
            Equation.Derivative(state, dxdt);
            Evaluations++;
        }
    }
}
