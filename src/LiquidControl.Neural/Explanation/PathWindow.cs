namespace LiquidControl.Neural.Explanation;

/// <summary>A stretch of a recording on its straight path from a baseline, from the state the recording had there.</summary>
internal sealed class PathWindow
{
    private readonly Network<double> _network;
    private readonly Recording _recording;
    private readonly double[] _baseline;
    private readonly double[] _state;
    private readonly int _first;

    public PathWindow(Network<double> network, Recording recording, double[] baseline, double[] state, int first, int steps)
    {
        _network = network;
        _recording = recording;
        _baseline = baseline;
        _state = state;
        _first = first;
        Steps = steps;
        Change = Run(1.0, 1.0, null);
        Accumulate(Change, Run(0.0, 0.0, null), -1.0);
    }

    public int Steps { get; }

    /// <summary>[step, output], F(x) - F(b).</summary>
    public double[,] Change { get; }

    /// <summary>The integral of the derivative along one input, or along all when it is null: [step, output].</summary>
    public double[,] Integrate(int? input, GaussLegendre rule, double difference)
    {
        double[,] sum = new double[Steps, _network.OutputSize];
        for (int point = 0; point < rule.Places.Length; point++)
        {
            double at = rule.Places[point];
            double factor = rule.Weights[point] / (2.0 * difference);
            Accumulate(sum, Run(at, at + difference, input), factor);
            Accumulate(sum, Run(at, at - difference, input), -factor);
        }

        return sum;
    }

    /// <summary>The outputs with every input at <paramref name="place"/> on its path, but one, or all, at <paramref name="moved"/>.</summary>
    private double[,] Run(double place, double moved, int? input)
    {
        double[,] outputs = new double[Steps, _network.OutputSize];
        SampledNetwork<double> run = new(_network);
        run.Reset(_state);
        double[] x = new double[_baseline.Length];
        for (int step = 0; step < Steps; step++)
        {
            double[] recorded = _recording.Inputs[_first + step];
            for (int i = 0; i < x.Length; i++)
            {
                double at = input is null || input == i ? moved : place;
                x[i] = _baseline[i] + at * (recorded[i] - _baseline[i]);
            }

            StepResult result = run.Step(x, _recording.Timespans[_first + step]);
            if (result != StepResult.Ok) throw _recording.Refused(_first + step, result);
            for (int k = 0; k < run.Output.Length; k++) outputs[step, k] = run.Output[k];
        }

        return outputs;
    }

    private static void Accumulate(double[,] sum, double[,] values, double factor)
    {
        for (int step = 0; step < sum.GetLength(0); step++)
        {
            for (int k = 0; k < sum.GetLength(1); k++) sum[step, k] += factor * values[step, k];
        }
    }
}
