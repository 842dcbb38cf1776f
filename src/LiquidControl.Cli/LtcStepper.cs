using LiquidControl.Neural;
using LiquidControl.Neural.Ode;

namespace LiquidControl.Cli;

/// <summary>One way to step an LTC network, and the synapses it evaluates on the way.</summary>
internal abstract class LtcStepper(string name, int stateSize)
{
    public string Name { get; } = name;

    public int StateSize { get; } = stateSize;

    /// <summary>The closed form first: the others are measured by it.</summary>
    public static IEnumerable<LtcStepper> All(NetworkWeights cell)
    {
        var parameters = LtcParameters<double>.From(cell);
        int sensory = parameters.Sensory.Count, recurrent = parameters.Recurrent.Count;
        yield return new OfNetwork("closed form", LtcClosedForm<double>.Compile(cell, LtcClosedFormKind.Conductance), sensory + recurrent);
        foreach (int unfolds in new[] { 1, 3, 6, 12, 24 })
        {
            var network = Network<double>.Create(LtcCell.WithUnfolds(cell, unfolds));
            yield return new OfNetwork($"fused semi-implicit, {unfolds}", network, sensory + unfolds * recurrent);
        }

        foreach (int substeps in new[] { 1, 4, 16, 64 })
        {
            var equation = new LtcEquation<double>(parameters);
            yield return new OfEquation($"explicit Euler, {substeps}", equation, new ExplicitEuler<double>(equation, substeps), parameters);
        }

        foreach (int substeps in new[] { 1, 4, 16 })
        {
            var equation = new LtcEquation<double>(parameters);
            yield return new OfEquation($"Runge-Kutta 4, {substeps}", equation, new RungeKutta4<double>(equation, substeps), parameters);
        }

        foreach (double tolerance in new[] { 1e-3, 1e-6, 1e-9 })
        {
            var equation = new LtcEquation<double>(parameters);
            yield return new OfEquation($"Dormand-Prince, {tolerance:G1}", equation, new DormandPrince<double>(equation, tolerance, tolerance), parameters);
        }
    }

    /// <summary>False if it cannot; the state is then as it was.</summary>
    public abstract bool Step(double[] input, double timespan, double[] state);

    /// <summary>Synapses evaluated since the last call.</summary>
    public abstract long TakeSynapseEvaluations();

    private sealed class OfNetwork(string name, Network<double> network, int synapses) : LtcStepper(name, network.StateSize)
    {
        private readonly double[] _output = new double[network.OutputSize];
        private readonly double[] _scratch = new double[network.ScratchLength];
        private long _steps;

        public override bool Step(double[] input, double timespan, double[] state)
        {
            _steps++;
            return network.Step(input, timespan, state, _output, _scratch) == StepResult.Ok;
        }

        public override long TakeSynapseEvaluations()
        {
            long taken = _steps * synapses;
            _steps = 0;
            return taken;
        }
    }

    private sealed class OfEquation(string name, LtcEquation<double> equation, OdeSolver<double> solver, LtcParameters<double> parameters)
        : LtcStepper(name, equation.Size)
    {
        private long _taken;

        public override bool Step(double[] input, double timespan, double[] state)
        {
            equation.Hold(input);
            return solver.Advance(timespan + parameters.Architecture.TimespanOffset, state) == OdeResult.Ok;
        }

        public override long TakeSynapseEvaluations()
        {
            long since = equation.SynapseEvaluations - _taken;
            _taken = equation.SynapseEvaluations;
            return since;
        }
    }
}
