using System.Globalization;
using LiquidControl.Neural;

namespace LiquidControl.Training;

/// <summary>What is kept with a trained network: what its numbers mean and where it came from.</summary>
internal static class TrainingProvenance
{
    public static ModelMetadata Describe(
        SequenceSet data, TrainingOptions options, Normalisation normalisation, double timespanUnit, TrainingOutcome outcome,
        IReadOnlyList<double> epochLosses) => new()
        {
            Features = [.. data.Features.Select((signal, i) => Feature(signal, normalisation, i))],
            Outputs = data.Basis is OutputBasis basis
                ? [.. basis.Outputs.Select((signal, i) => new ModelOutput(signal.Name, signal.Unit, basis.Scales[i]))]
                : [.. data.Targets.Select((signal, i) => new ModelOutput(signal.Name, signal.Unit, normalisation.OutputScale[i]))],
            TimespanScale = timespanUnit,
            Provenance =
            [
                new("command", options.Command),
                new("seed", Text(options.Seed)),
                new("data_sha256", data.ContentHash()),
                new("sequences", Text(data.Sequences.Count)),
                new("steps", Text(data.TotalSteps)),
                new("outcome", outcome.ToString()),
                new("epochs", Text(epochLosses.Count)),
                new("loss", epochLosses.Count > 0 ? Text(epochLosses[^1]) : ""),
            ],
        };

    private static ModelFeature Feature(Signal signal, Normalisation normalisation, int i) =>
        new(signal.Name, signal.Unit, normalisation.FeatureMean[i], normalisation.FeatureScale[i]);

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
