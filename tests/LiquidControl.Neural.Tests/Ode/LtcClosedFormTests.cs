using LiquidControl.Neural.Ode;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests.Ode;

public class LtcClosedFormTests
{
    private const double SolutionTolerance = 1e-10;

    private static readonly string[] Networks =
    [
        "ltc_fullyconnected_8u", "ltc_fullyconnected_out3_explicit", "ltc_autoncp_19_1_8in", "ltc_ncp_linear_map", "ltc_random_nomap",
        "ltc_mixed_autoncp",
    ];

    public static TheoryData<string> AllNetworks => [.. Networks];

    /// <summary>Irregular: samples every 50 ms on average. Regular: every 1, ten times as long as most of these neurons' time
    /// constants.</summary>
    [Theory]
    [InlineData("ltc_fullyconnected_8u", 0.004, 0.4)]
    [InlineData("ltc_fullyconnected_out3_explicit", 0.02, 0.25)]
    [InlineData("ltc_autoncp_19_1_8in", 0.0002, 0.25)]
    [InlineData("ltc_ncp_linear_map", 0.0002, 0.15)]
    [InlineData("ltc_random_nomap", 0.008, 0.25)]
    [InlineData("ltc_mixed_autoncp", 0.0002, 0.25)]
    public void The_conductance_form_follows_the_equation_from_its_own_states(string name, double irregular, double regular)
    {
        Assert.InRange(Run(name, "irregular", LtcClosedFormKind.Conductance, isClosedLoop: true).NormalisedError, 0.0, irregular);
        Assert.InRange(Run(name, "regular", LtcClosedFormKind.Conductance, isClosedLoop: true).NormalisedError, 0.0, regular);
    }

    [Theory]
    [MemberData(nameof(AllNetworks))]
    public void The_published_sum_does_not_follow_these_networks_even_with_their_recorded_activity(string name)
    {
        foreach (string sequence in new[] { "irregular", "regular" })
        {
            Assert.InRange(Run(name, sequence, LtcClosedFormKind.Published, isClosedLoop: false).NormalisedError, 1.0, double.MaxValue);
            double recorded = Run(name, sequence, LtcClosedFormKind.Conductance, isClosedLoop: false).NormalisedError;
            Assert.InRange(recorded, 0.0, 0.2);
        }
    }

    [Fact]
    public void Without_synapses_between_neurons_one_held_step_is_exact()
    {
        NetworkWeights weights = Cell("ltc_autoncp_19_1_8in");
        weights["rnn_cell.sparsity_mask"].Clear();
        LtcEquation<double> equation = new(LtcParameters<double>.From(weights));
        SampledNetwork<double> closed = new(LtcClosedForm<double>.Compile(weights, LtcClosedFormKind.Conductance));
        double[] input = [.. Enumerable.Range(0, 8).Select(i => 1.0 - 0.4 * i)];
        double[] state = [.. Enumerable.Range(0, equation.Size).Select(j => 0.5 - 0.1 * j)];
        closed.Reset(state);
        equation.Hold(input);
        Assert.Equal(OdeResult.Ok, new DormandPrince<double>(equation, 1e-13, 1e-13).Advance(0.7, state));
        Assert.Equal(StepResult.Ok, closed.Step(input, 0.7));
        for (int j = 0; j < state.Length; j++) Assert.Equal(state[j], closed.State[j], 1e-11);
    }

    [Fact]
    public void Through_layers_the_error_of_the_conductance_form_falls_with_the_square_of_the_timespan()
    {
        // Synapses within a layer are of first order and left out here.
        NetworkWeights weights = Cell("ltc_ncp_linear_map");
        Span<double> mask = weights["rnn_cell.sparsity_mask"];
        for (int i = 2; i < 8; i++)
        {
            for (int j = 2; j < 8; j++) mask[i * 16 + j] = 0.0;
        }

        double[] errors = [.. new[] { 20, 40, 80 }.Select(steps => ErrorAfterOne(weights, steps))];
        Assert.Equal(2.0, Math.Log2(errors[0] / errors[1]), 0.2);
        Assert.Equal(2.0, Math.Log2(errors[1] / errors[2]), 0.2);
    }

    [Fact]
    public void The_published_sum_is_the_published_sum()
    {
        NetworkWeights weights = Cell("ltc_random_nomap");
        LtcParameters<double> p = LtcParameters<double>.From(weights);
        SampledNetwork<double> closed = new(LtcClosedForm<double>.Compile(weights, LtcClosedFormKind.Published));
        double[] input = [0.3, -0.2, 0.9, 1.4, -1.0];
        double[] start = [.. Enumerable.Range(0, 12).Select(j => 0.3 - 0.07 * j)];
        closed.Reset(start);
        Assert.Equal(StepResult.Ok, closed.Step(input, 0.4));
        for (int j = 0; j < 12; j++)
        {
            double expected = 0.0;
            foreach ((LtcSynapses<double> synapses, double[] sources) in new[] { (p.Sensory, input), (p.Recurrent, start) })
            {
                for (int k = synapses.First[j]; k < synapses.First[j + 1]; k++)
                {
                    double x = synapses.Slope[k] * (sources[synapses.Source[k]] - synapses.Midpoint[k]);
                    double f = 1 / (1 + Math.Exp(-x)), minus = 1 / (1 + Math.Exp(x)), a = synapses.Reversal[k];
                    expected += (start[j] - a) * Math.Exp(-0.4 * (p.LeakConductance[j] / p.Capacitance[j] + f)) * minus + a;
                }
            }

            Assert.Equal(expected, closed.State[j], 1e-12);
        }
    }

    [Theory]
    [InlineData(0.0, StepResult.TimespanZero)]
    [InlineData(-1.0, StepResult.TimespanNegative)]
    [InlineData(double.NaN, StepResult.TimespanNotFinite)]
    public void Bad_timespans_are_named_and_a_step_allocates_nothing(double timespan, StepResult expected)
    {
        foreach (LtcClosedFormKind kind in Enum.GetValues<LtcClosedFormKind>())
        {
            SampledNetwork<double> closed = new(LtcClosedForm<double>.Compile(Cell("ltc_fullyconnected_8u"), kind));
            SampledNetwork<float> closedFloat = new(LtcClosedForm<float>.Compile(Cell("ltc_fullyconnected_8u"), kind));
            double[] input = new double[5];
            float[] inputFloat = new float[5];
            Assert.Equal(expected, closed.Step(input, timespan));
            long before = 0;
            for (int i = 0; i < 100; i++)
            {
                if (i == 50) before = GC.GetAllocatedBytesForCurrentThread();
                closed.Step(input, 1e-3);
                closed.Step(input, timespan);
                closedFloat.Step(inputFloat, 1e-3f);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void A_network_that_is_no_ltc_or_remembers_beside_its_neurons_is_refused()
    {
        NetworkWeights cfc = ReferenceVectors.Load(Golden.Json("cfc_default_b0")).Weights;
        NetworkWeights mixed = ReferenceVectors.Load(Golden.Json("ltc_mixed_autoncp")).Weights;
        Assert.Throws<ArgumentException>(() => LtcClosedForm<double>.Compile(cfc, LtcClosedFormKind.Conductance));
        Assert.Throws<ArgumentException>(() => LtcClosedForm<double>.Compile(mixed, LtcClosedFormKind.Conductance));
        Assert.Throws<ArgumentException>(() => LtcCell.Of(cfc));
    }

    [Fact]
    public void The_driving_network_has_the_synapses_of_its_recipe()
    {
        NetworkWeights driving = DrivingNetwork.Draw(32, 1);
        LtcParameters<double> parameters = LtcParameters<double>.From(driving);
        Assert.Equal((58, 192), (parameters.Recurrent.Count, parameters.Sensory.Count));
        Assert.All(parameters.Recurrent.Reversal, reversal => Assert.Equal(1.0, Math.Abs(reversal)));
        Assert.All(parameters.Recurrent.Slope, slope => Assert.InRange(slope, 3.0, 8.0));
    }

    [Theory]
    [InlineData(0.05, 0.001)]
    [InlineData(0.2, 0.01)]
    [InlineData(1.0, 0.8)]
    public void The_conductance_form_follows_a_driving_network(double timespan, double most)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            NetworkWeights driving = DrivingNetwork.Draw(32, seed);
            ReferenceSequence sines = Sines(32, timespan, seed);
            OdeReference solution = OdeReference.Solve(driving, sines, SolutionTolerance);
            ClosedFormRun run = ClosedFormRun.Of(driving, sines, solution, LtcClosedFormKind.Conductance, isClosedLoop: true);
            Assert.InRange(run.NormalisedError, 0.0, most);
            Assert.InRange(run.OutputError, 0.0, 0.006);
        }
    }

    private static ReferenceSequence Sines(int inputs, double timespan, ulong seed)
    {
        const int Steps = 300;
        RandomStream random = new(seed);
        double[][] waves = [.. Enumerable.Range(0, inputs)
            .Select(_ => (double[])[random.Uniform(0.3, 1.0), random.Uniform(0.3, 3.0), random.Uniform(0.0, 6.0)])];
        return new ReferenceSequence
        {
            Name = "sines",
            InitialState = [.. new double[19]],
            Inputs = [.. Enumerable.Range(0, Steps)
                .Select(k => (double[])[.. waves.Select(w => 0.5 + w[0] * Elementary.Sin(w[1] * k * timespan + w[2]))])],
            Timespans = [.. Enumerable.Repeat(timespan, Steps)],
            Outputs = [],
            States = [],
        };
    }

    private static double ErrorAfterOne(NetworkWeights weights, int steps)
    {
        LtcEquation<double> equation = new(LtcParameters<double>.From(weights));
        SampledNetwork<double> closed = new(LtcClosedForm<double>.Compile(weights, LtcClosedFormKind.Conductance));
        double[] input = [0.9, 0.5, -0.4, 1.2, 0.1, 0.6];
        double[] state = new double[equation.Size];
        equation.Hold(input);
        Assert.Equal(OdeResult.Ok, new DormandPrince<double>(equation, 1e-13, 1e-13).Advance(1.0, state));
        for (int step = 0; step < steps; step++) Assert.Equal(StepResult.Ok, closed.Step(input, 1.0 / steps));
        double largest = 0.0;
        for (int j = 0; j < state.Length; j++) largest = Math.Max(largest, Math.Abs(state[j] - closed.State[j]));
        return largest;
    }

    private static NetworkWeights Cell(string name) => LtcCell.Of(ReferenceVectors.Load(Golden.Json(name)).Weights);

    private static ClosedFormRun Run(string name, string sequenceName, LtcClosedFormKind kind, bool isClosedLoop)
    {
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json(name));
        NetworkWeights cell = LtcCell.Of(vectors.Weights);
        ReferenceSequence sequence = vectors.Sequences.Single(s => s.Name == sequenceName);
        return ClosedFormRun.Of(cell, sequence, OdeReference.Solve(cell, sequence, SolutionTolerance), kind, isClosedLoop);
    }
}
