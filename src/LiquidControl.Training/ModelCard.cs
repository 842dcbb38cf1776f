using System.Globalization;
using LiquidControl.Neural;

namespace LiquidControl.Training;

/// <summary>What a trained model says of its numbers and its origin.</summary>
internal static class ModelCard
{
    public static ModelMetadata Of(
        SequenceSet data, Normalisation normalisation, TrainingOptions options, TrainingOutcome outcome, IReadOnlyList<EpochRecord> epochs) => new()
        {
            Features = [.. data.Features.Select((signal, i) => Feature(signal, normalisation, i))],
            Outputs = [.. data.Targets.Select((signal, i) => new ModelOutput(signal.Name, signal.Unit, normalisation.OutputScale[i]))],
            TimespanScale = options.TimespanUnit,
            Provenance =
            [
                new("command", options.Command),
                new("seed", Text(options.Seed)),
                new("data_sha256", data.ContentHash()),
                new("sequences", Text(data.Sequences.Count)),
                new("steps", Text(data.TotalSteps)),
                new("outcome", outcome.ToString()),
                new("epochs", Text(epochs.Count)),
                new("loss", epochs.Count > 0 ? Text(epochs[^1].Loss) : ""),
            ],
        };

    private static ModelFeature Feature(Signal signal, Normalisation normalisation, int i) =>
        new(signal.Name, signal.Unit, normalisation.FeatureMean[i], normalisation.FeatureScale[i]);

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
