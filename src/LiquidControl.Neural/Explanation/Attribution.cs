using System.Collections.Immutable;

namespace LiquidControl.Neural.Explanation;

/// <summary>How much each input did to each output, as <see cref="IntegratedGradients"/> finds it; in the unit of the network's output.</summary>
public sealed record Attribution
{
    /// <summary>[output][input], mean magnitude over the steps.</summary>
    public required ImmutableArray<double[]> Magnitude { get; init; }

    /// <summary>[output][input], mean over the steps with its sign.</summary>
    public required ImmutableArray<double[]> Mean { get; init; }

    /// <summary>
    /// The attributions of a step must add up to what the output differs from that at the baseline; this is the largest gap over all steps
    /// and outputs, relative to the largest difference of that output (or to 0.001 where it moves less).
    /// </summary>
    public required double CompletenessDefect { get; init; }

    /// <summary>Points of the quadrature.</summary>
    public required int Points { get; init; }

    /// <summary>Steps that were explained; fewer than the recording's when it was thinned.</summary>
    public required int Steps { get; init; }

    /// <summary>1, or the number of windows the recording was cut or thinned into.</summary>
    public required int Windows { get; init; }

    /// <summary>Steps of a window: what an input did longer ago counts as state.</summary>
    public required int WindowSteps { get; init; }

    /// <summary>Each input's part of an output's attributions, adding up to 1; all 0 for an output that no input moves.</summary>
    public double[] Shares(int output)
    {
        double total = Magnitude[output].Sum();
        return [.. Magnitude[output].Select(value => total > 0.0 ? value / total : 0.0)];
    }
}
