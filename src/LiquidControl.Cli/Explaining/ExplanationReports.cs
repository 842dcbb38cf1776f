using LiquidControl.Cli.Reports;
using LiquidControl.Neural.Explanation;

namespace LiquidControl.Cli.Explaining;

/// <summary>Puts an explanation into the words and units of the model.</summary>
internal static class ExplanationReports
{
    public static ExplanationReport Of(RecordedNetwork recorded, IReadOnlyList<NeuronActivity> neurons, Attribution attribution, string baseline)
    {
        string[] roles = NeuronRole.Of(recorded.Model.Architecture);
        return new(
            recorded.File, recorded.Recording.Source, recorded.Recording.Inputs.Length, attribution.Steps, attribution.Windows, attribution.WindowSteps, baseline,
            attribution.Points, attribution.CompletenessDefect, recorded.Model.Metadata.TimespanScale,
            [
                .. neurons.Select((neuron, i) => new NeuronReport(
                    i, roles[i], Spread(neuron.State), neuron.Gate is { } gate ? Spread(gate) : null, Spread(neuron.TimeConstant),
                    recorded.Seconds(neuron.TimeConstant.Middle), neuron.Saturation)),
            ],
            [.. recorded.OutputNames.Select((name, output) => new DrivenOutputReport(name, Drivers(recorded, attribution, output)))]);
    }

    /// <summary>Input names by their share summed over the outputs.</summary>
    public static IEnumerable<string> StrongestFirst(ExplanationReport report) => report.Outputs
        .SelectMany(output => output.Inputs)
        .GroupBy(input => input.Name)
        .OrderByDescending(group => group.Sum(input => input.Share))
        .Select(group => group.Key);

    private static DriverReport[] Drivers(RecordedNetwork recorded, Attribution attribution, int output)
    {
        double[] shares = attribution.Shares(output);
        return [.. shares
            .Select((share, input) => new DriverReport(recorded.Recording.InputNames[input], share, attribution.Magnitude[output][input], attribution.Mean[output][input]))
            .OrderByDescending(driver => driver.Share)];
    }

    private static SpreadReport Spread(Spread spread) => new(spread.Middle, spread.Min, spread.Max);
}
