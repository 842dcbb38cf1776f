using System.Collections.Immutable;

namespace LiquidControl.Neural.Explanation;

/// <summary>
/// Integrated gradients (Sundararajan, Taly, Yan 2017, arXiv 1703.01365) through time. The whole sequence of inputs x goes on a straight path
/// from the baseline b; an input's attribution to an output at a step is the integral over α from 0 to 1 of the output's derivative, at
/// b + α (x - b), along that input's own x - b in all steps so far.
/// </summary>
/// <remarks>
/// The derivative is a central difference in α; the integral a Gauss–Legendre sum whose points are doubled until the derivative along all
/// inputs together integrates to F(x) - F(b), or the work grows too large. A network that saturates and feeds back turns so sharply on its
/// path over a long recording that no affordable sum adds up; the recording is then explained in shorter windows, each from the state
/// recorded at its start, and what an input did before the window counts as state. The defect that is left is reported.
/// No chance is involved: the same recording gives the same numbers.
/// </remarks>
public static class IntegratedGradients
{
    /// <summary>Longer recordings are thinned into windows that together have as many steps.</summary>
    public const int MostSteps = 2000;

    /// <summary>Of a recording that is thinned.</summary>
    private const int LongestOfMany = 250;

    private const int FewestPoints = 8;
    private const int MostPoints = 128;
    private const double GoodDefect = 1e-8;

    /// <summary>Beyond this, shorter windows are tried.</summary>
    private const double AcceptedDefect = 1e-3;

    private static readonly int[] WindowLengths = [MostSteps, LongestOfMany, 50, 10, 1];

    /// <summary>Network steps, all in all, beyond which no points are added: the bound on the cost.</summary>
    private const long MostNetworkSteps = 1L << 23;

    private const double Difference = 1e-5;

    /// <summary>An output that moves less than this is judged as if it moved so far: below it only rounding is left.</summary>
    private const double SmallestChange = 1e-3;

    /// <exception cref="ModelFormatException">The network refuses a step of the recording.</exception>
    public static Attribution Of(Network<double> network, Recording recording, Baseline baseline)
    {
        ImmutableArray<PathWindow> windows = [];
        int points = FewestPoints;
        foreach (int length in WindowLengths)
        {
            bool isThinned = recording.Inputs.Length > MostSteps;
            if (isThinned ? length > LongestOfMany : length < MostSteps && length >= recording.Inputs.Length) continue;
            windows = Cut(network, recording, baseline, length);
            (points, double defect) = Refine(network, windows);
            if (defect <= AcceptedDefect) break;
        }

        GaussLegendre rule = new(points);
        double[][][,] attributions = [.. windows.Select(window => Integrate(window, rule, network.InputSize))];
        int steps = windows.Sum(window => window.Steps);
        double[][] magnitude = Zeros(network);
        double[][] mean = Zeros(network);
        foreach (double[][,] window in attributions)
        {
            for (int input = 0; input < network.InputSize; input++) Add(window[input], input, steps, magnitude, mean);
        }

        return new Attribution
        {
            Magnitude = [.. magnitude],
            Mean = [.. mean],
            CompletenessDefect = windows.Zip(attributions, (window, inputs) => Defect(Sum(inputs), window)).Max(),
            Points = points,
            Steps = steps,
            Windows = windows.Length,
            WindowSteps = windows.Max(window => window.Steps),
        };
    }

    private static (int Points, double Defect) Refine(Network<double> network, ImmutableArray<PathWindow> windows)
    {
        long stepsPerPoint = 2L * network.InputSize * windows.Sum(window => window.Steps);
        int points = FewestPoints;
        while (true)
        {
            GaussLegendre rule = new(points);
            double defect = windows.Max(window => Defect(window.Integrate(null, rule, Difference), window));
            if (defect <= GoodDefect || points == MostPoints || 2 * points * stepsPerPoint > MostNetworkSteps) return (points, defect);
            points *= 2;
        }
    }

    private static ImmutableArray<PathWindow> Cut(Network<double> network, Recording recording, Baseline baseline, int length)
    {
        ImmutableArray<double[]> states = recording.Run(network);
        double[] start = new double[network.InputSize];
        if (baseline == Baseline.Mean)
        {
            for (int i = 0; i < start.Length; i++) start[i] = recording.Inputs.Average(input => input[i]);
        }

        int total = recording.Inputs.Length;
        int[] firsts = total <= MostSteps
            ? [.. Enumerable.Range(0, (total + length - 1) / length).Select(i => i * length)]
            : Spread(total, length);
        return [.. firsts.Select(first =>
            new PathWindow(network, recording, start, states[first], first, Math.Min(length, total - first)))];
    }

    /// <summary>Starts of as many windows as make up the most steps, spread over the whole.</summary>
    private static int[] Spread(int total, int length)
    {
        int count = MostSteps / length;
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * (total - length) / (count - 1)))];
    }

    /// <summary>Each input by itself; they do not touch each other's numbers, so the order of the threads changes nothing.</summary>
    private static double[][,] Integrate(PathWindow window, GaussLegendre rule, int inputs)
    {
        double[][,] attributions = new double[inputs][,];
        Parallel.For(0, inputs, input => attributions[input] = window.Integrate(input, rule, Difference));
        return attributions;
    }

    private static double[][] Zeros(Network<double> network) =>
        [.. Enumerable.Range(0, network.OutputSize).Select(_ => new double[network.InputSize])];

    private static void Add(double[,] attribution, int input, int steps, double[][] magnitude, double[][] mean)
    {
        for (int step = 0; step < attribution.GetLength(0); step++)
        {
            for (int output = 0; output < attribution.GetLength(1); output++)
            {
                magnitude[output][input] += Math.Abs(attribution[step, output]) / steps;
                mean[output][input] += attribution[step, output] / steps;
            }
        }
    }

    private static double[,] Sum(double[][,] inputs)
    {
        double[,] sum = new double[inputs[0].GetLength(0), inputs[0].GetLength(1)];
        foreach (double[,] input in inputs)
        {
            for (int step = 0; step < sum.GetLength(0); step++)
            {
                for (int output = 0; output < sum.GetLength(1); output++) sum[step, output] += input[step, output];
            }
        }

        return sum;
    }

    private static double Defect(double[,] sum, PathWindow window)
    {
        double worst = 0.0;
        for (int output = 0; output < sum.GetLength(1); output++)
        {
            double gap = 0.0;
            double largest = 0.0;
            for (int step = 0; step < sum.GetLength(0); step++)
            {
                gap = Math.Max(gap, Math.Abs(sum[step, output] - window.Change[step, output]));
                largest = Math.Max(largest, Math.Abs(window.Change[step, output]));
            }

            worst = Math.Max(worst, gap / Math.Max(largest, SmallestChange));
        }

        return worst;
    }
}
