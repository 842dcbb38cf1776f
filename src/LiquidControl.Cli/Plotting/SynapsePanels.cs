using LiquidControl.Neural.Ode;

namespace LiquidControl.Cli.Plotting;

/// <summary>The diagrams of a bound search: every draw between the bounds, and the worst cases over time.</summary>
internal static class SynapsePanels
{
    private const int MostDraws = 3000;
    private const double WorstInput = 4.0;

    public static IReadOnlyList<Panel> Of(SynapseBoundSearch search)
    {
        double[] time = [.. Enumerable.Range(0, 241).Select(k => Math.Pow(10.0, -3.0 + 0.025 * k))];
        var draws = new Line("draws", [.. search.Times.Take(MostDraws)], [.. search.Errors.Take(MostDraws)], IsPoints: true);
        var bounds = new[]
        {
            new Line("upper", time, [.. time.Select(_ => 1.0)]),
            new Line("lower", time, [.. time.Select(t => Math.Exp(-t) - 1.0)]),
        };
        return
        [
            new("errors", "time (1)", "(x - closed form) / ((x0 - A) e^(-w t))", [draws, .. bounds], IsLogX: true),
            Worst(),
        ];
    }

    private static Panel Worst()
    {
        var synapse = new Synapse(Rate: 0.2, Reversal: 0.0, Slope: 1.0, Midpoint: 0.0);
        double[] time = [.. Enumerable.Range(0, 401).Select(k => 0.025 * k)];
        return new(
            "worst inputs, w = 0.2", "time of the jump (1)", "(x - closed form) / (x0 - A)",
            [
                new("-C to +C", time, [.. time.Select(t => Error(-WorstInput, t))]),
                new("+C to -C", time, [.. time.Select(t => Error(WorstInput, t))]),
                new("upper", time, [.. time.Select(synapse.UpperBound)], IsDashed: true),
                new("lower", time, [.. time.Select(synapse.LowerBound)], IsDashed: true),
                new("-upper", time, [.. time.Select(t => -synapse.UpperBound(t))], IsDashed: true),
            ]);

        double Error(double input, double t) =>
            synapse.Solution(1.0, synapse.Activation(input) * t, t) - synapse.ClosedForm(1.0, -input, t);
    }
}
