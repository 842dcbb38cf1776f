namespace LiquidControl.Neural.Certificates;

/// <summary>
/// At most so much does one step's output or state change with its input or state, over all states and the domain: the absolute value of each
/// partial derivative, [result, argument]. Between two points the change is at most the sum of these times the changes of the arguments, by
/// the mean value theorem, for a box holds the way between two of its points.
/// </summary>
public sealed class Sensitivity
{
    private const int MostIterations = 2000;

    private readonly int _inputs;

    private Sensitivity(int inputs, double[][] state, double[][] output)
    {
        _inputs = inputs;
        State = state;
        Output = output;
    }

    /// <summary>[new state][input, then old state].</summary>
    public double[][] State { get; }

    /// <summary>[output][input, then old state].</summary>
    public double[][] Output { get; }

    internal static Sensitivity Of(RangedStep step, Interval[] inputs, Interval[] states)
    {
        Ranged[] arguments = new Ranged[inputs.Length + states.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            Interval[] slopes = new Interval[arguments.Length];
            slopes[i] = Interval.Point(1.0);
            arguments[i] = new(i < inputs.Length ? inputs[i] : states[i - inputs.Length], slopes);
        }

        RangedResult result = step.Advance(arguments[..inputs.Length], arguments[inputs.Length..]);
        return new(inputs.Length, Magnitudes(result.State), Magnitudes(result.Output));
    }

    internal Gain StepGain() => ToGain(Output.Max(row => Sum(row, 0, row.Length)));

    /// <summary>
    /// If |Δh'| ≤ J |Δh| + b |Δx| and a vector z has J z + b ≤ z, then |Δh| ≤ z |Δx| at every step, by induction. With b above zero, such a z
    /// also shows that the map contracts. It is sought by iteration and then checked, rounded upwards.
    /// </summary>
    internal Gain TotalGain()
    {
        int states = State.Length;
        double[] b = [.. State.Select(row => Sum(row, 0, _inputs))];
        double[] z = [.. b];
        double[] inflated = [];
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            double[] next = Next(z, b);
            double change = next.Zip(z, (after, before) => after - before).Max();
            z = next;
            if (!double.IsFinite(z.Max())) break;
            if (change > 1e-7 * z.Max() && iteration < MostIterations - 1) continue;
            // b a little larger, so that the check has room for rounding.
            double room = 1e-6 * Math.Max(b.Max(), 1e-300);
            inflated = [.. z];
            for (int i = 0; i < MostIterations; i++) inflated = Next(inflated, [.. b.Select(value => value + room)]);
            break;
        }

        if (inflated.Length == 0 || !Next(inflated, b).Zip(inflated).All(pair => pair.First <= pair.Second))
        {
            return new(null, $"the state map is not proved contracting: bound q = {SpectralRadius():G3}");
        }

        return ToGain(Output.Max(row =>
        {
            double sum = Sum(row, 0, _inputs);
            for (int i = 0; i < states; i++) sum = Up(sum + Up(row[_inputs + i] * inflated[i]));
            return sum;
        }));
    }

    /// <summary>About the spectral radius of the sensitivities of state to state; below 1 the map contracts.</summary>
    private double SpectralRadius()
    {
        double[] v = new double[State.Length];
        Array.Fill(v, 1.0);
        double radius = 0.0;
        for (int iteration = 0; iteration < 200; iteration++)
        {
            double[] next = Next(v, [.. v.Select(value => 1e-12 * value)]);
            radius = next.Max();
            if (!(radius > 0.0) || !double.IsFinite(radius)) return radius;
            v = [.. next.Select(value => value / radius)];
        }

        return radius;
    }

    private double[] Next(double[] z, double[] b)
    {
        double[] next = [.. b];
        for (int i = 0; i < next.Length; i++)
        {
            for (int k = 0; k < z.Length; k++) next[i] = Up(next[i] + Up(State[i][_inputs + k] * z[k]));
        }

        return next;
    }

    private static double Sum(double[] row, int first, int end)
    {
        double sum = 0.0;
        for (int i = first; i < end; i++) sum = Up(sum + row[i]);
        return sum;
    }

    private static Gain ToGain(double value) => double.IsFinite(value) ? new(value, "") : new(null, "the range of a derivative overflows");

    private static double[][] Magnitudes(Ranged[] values) => [.. values.Select(value => value.Slopes.Select(slope => slope.Magnitude).ToArray())];

    private static double Up(double value) => double.BitIncrement(value);
}
