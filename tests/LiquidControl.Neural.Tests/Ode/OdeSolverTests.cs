using LiquidControl.Neural.Ode;
using Xunit;

namespace LiquidControl.Neural.Tests.Ode;

public class OdeSolverTests
{
    private const double NaN = double.NaN;
    private const double Inf = double.PositiveInfinity;

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(4, 20)]
    public void Solvers_with_equal_steps_converge_at_their_order(int order, int substeps)
    {
        Assert.Equal(order, Order(Error(substeps), Error(2 * substeps)), 0.1);

        double Error(int count)
        {
            double[] state = [1.0, 0.0, 0.0];
            OdeSolver<double> solver = Fixed(order, new Oscillator<double>(), count);
            Assert.Equal(OdeResult.Ok, solver.Advance(1.0, state));
            return Oscillator<double>.Error(state);
        }
    }

    [Theory]
    [InlineData(1, 400)]
    [InlineData(4, 40)]
    public void Solvers_with_equal_steps_converge_at_their_order_on_the_liquid_equation(int order, int substeps)
    {
        LtcCase ltc = new();
        double coarse = ltc.ErrorOf(Fixed(order, ltc.Equation, substeps));
        double fine = ltc.ErrorOf(Fixed(order, ltc.Equation, 2 * substeps));
        Assert.Equal(order, Order(coarse, fine), 0.15);
    }

    [Fact]
    public void Dormand_and_prince_without_an_error_to_mind_is_of_fifth_order()
    {
        // An absolute tolerance that never refuses: the steps are the durations asked for.
        Assert.Equal(5.0, Order(Error(20), Error(40)), 0.15);

        static double Error(int steps)
        {
            double[] state = [1.0, 0.0, 0.0];
            DormandPrince<double> solver = new(new Oscillator<double>(), 1e3, 1e3);
            for (int step = 0; step < steps; step++) Assert.Equal(OdeResult.Ok, solver.Advance(1.0 / steps, state));
            return Oscillator<double>.Error(state);
        }
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-5)]
    [InlineData(1e-7)]
    [InlineData(1e-9)]
    [InlineData(1e-11)]
    public void Dormand_and_prince_keeps_its_tolerance(double tolerance)
    {
        double[] state = [1.0, 0.0, 0.0];
        Assert.Equal(OdeResult.Ok, new DormandPrince<double>(new Oscillator<double>(), tolerance, tolerance).Advance(2.0, state));
        // The equation itself makes errors grow by e^2; the steps' own add up besides.
        Assert.InRange(Oscillator<double>.Error(state), 0.0, 60.0 * tolerance);
        LtcCase ltc = new();
        Assert.InRange(ltc.ErrorOf(new DormandPrince<double>(ltc.Equation, tolerance, tolerance)), 0.0, 10.0 * tolerance);
    }

    [Fact]
    public void The_fused_step_converges_to_the_liquid_equation_at_first_order()
    {
        LtcCase ltc = new();
        double[] errors = [.. new[] { 50, 100, 200, 400 }.Select(ltc.ErrorOfFused)];
        for (int i = 1; i < errors.Length; i++) Assert.Equal(1.0, Order(errors[i - 1], errors[i]), 0.1);
    }

    [Theory]
    [InlineData(NaN, 0, OdeResult.DurationNotFinite)]
    [InlineData(Inf, 0, OdeResult.DurationNotFinite)]
    [InlineData(-1e-300, 0, OdeResult.DurationNegative)]
    [InlineData(1, NaN, OdeResult.StateNotFinite)]
    [InlineData(0, 0, OdeResult.Ok)]
    public void Bad_numbers_are_named_and_change_nothing(double duration, double place, OdeResult expected)
    {
        foreach (OdeSolver<double> solver in All(new Oscillator<double>()))
        {
            double[] state = [1.0, place, 0.5];
            Assert.Equal(expected, solver.Advance(duration, state));
            Assert.Equal([1.0, place, 0.5], state);
            Assert.Equal(OdeResult.StateLengthWrong, solver.Advance(1.0, new double[2]));
        }
    }

    [Fact]
    public void An_overflow_and_a_bound_on_the_steps_are_named_and_change_nothing()
    {
        foreach (OdeSolver<double> solver in All(new Oscillator<double>()))
        {
            double[] state = [1e300, 0.0, 1e300];
            Assert.Equal(OdeResult.ResultNotFinite, solver.Advance(1.0, state));
            Assert.Equal([1e300, 0.0, 1e300], state);
        }

        double[] start = [1.0, 0.0, 0.0];
        Assert.Equal(OdeResult.TooManySteps, new DormandPrince<double>(new Oscillator<double>(), 1e-12, 1e-12, mostSteps: 5).Advance(3.0, start));
        Assert.Equal([1.0, 0.0, 0.0], start);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        foreach (OdeSolver<double> solver in All(new LtcCase().Equation))
        {
            double[] state = new double[solver.Equation.Size];
            long before = 0;
            for (int i = 0; i < 20; i++)
            {
                if (i == 10) before = GC.GetAllocatedBytesForCurrentThread();
                solver.Advance(0.1, state);
                solver.Advance(NaN, state);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Floats_follow_doubles()
    {
        float[] state = [1f, 0f, 0f];
        Assert.Equal(OdeResult.Ok, new DormandPrince<float>(new Oscillator<float>(), 1e-5, 1e-5).Advance(1f, state));
        Assert.InRange(Oscillator<double>.Error([state[0], state[1], state[2]]), 0.0, 1e-3);
    }

    private static OdeSolver<double> Fixed(int order, IOdeRightHandSide<double> equation, int substeps) =>
        order == 1 ? new ExplicitEuler<double>(equation, substeps) : new RungeKutta4<double>(equation, substeps);

    private static OdeSolver<double>[] All(IOdeRightHandSide<double> equation) =>
        [new ExplicitEuler<double>(equation, 3), new RungeKutta4<double>(equation, 3), new DormandPrince<double>(equation, 1e-6, 1e-6)];

    private static double Order(double coarse, double fine) => Math.Log2(coarse / fine);
}
