using System.Globalization;
using LiquidControl.Neural;

namespace LiquidControl.Training;

/// <summary>What a model trained on the bit-stream XOR task says of itself, beside what every trained model says.</summary>
/// <param name="Cell">Whose recipe it was trained by: <see cref="XorRecipe.Cell"/>.</param>
/// <param name="Seed">Of its training.</param>
/// <param name="MinutesPerEpoch">Mean over the epochs, on the machine that trained it.</param>
/// <param name="Samples">It was trained on the first so many samples of the training set.</param>
/// <param name="TestSamples">The first so many samples of the test set were looked at.</param>
/// <param name="Accuracies">Test accuracy after each epoch, in %.</param>
public sealed record XorCard(
    string Cell, ulong Seed, double MinutesPerEpoch, int Samples, int TestSamples, IReadOnlyList<double> Accuracies)
{
    private const string CellKey = "xor_cell";
    private const string SeedKey = "seed";
    private const string MinutesKey = "minutes_per_epoch";
    private const string SamplesKey = "sequences";
    private const string TestSamplesKey = "test_samples";
    private const string AccuraciesKey = "test_accuracy_percent_by_epoch";

    /// <summary>Minutes of an epoch of the whole training set, projected from the part that was trained on.</summary>
    public double MinutesPerWholeEpoch => MinutesPerEpoch * XorData.TrainingSamples / Samples;

    /// <summary>
    /// The card of a training whose <see cref="TrainingOptions.Score"/> was the share of the test set that the network tells.
    /// </summary>
    public static XorCard Of(XorRecipe recipe, ulong seed, int samples, int testSamples, IReadOnlyList<EpochRecord> epochs) => new(
        recipe.Cell, seed, epochs.Average(static epoch => epoch.Seconds) / 60.0, samples, testSamples,
        [.. epochs.Select(static epoch => 100.0 * epoch.Score)]);

    /// <summary>The metadata of a model with this card in its provenance.</summary>
    /// <param name="metadata">As the training left it, with the seed and the number of samples.</param>
    /// <param name="program">Name and version of the program whose recipe it is.</param>
    public ModelMetadata AddTo(ModelMetadata metadata, string program) => metadata with
    {
        Provenance =
        [
            .. metadata.Provenance,
            new("program", program),
            new(CellKey, Cell),
            new(MinutesKey, MinutesPerEpoch.ToString("G4", CultureInfo.InvariantCulture)),
            new(TestSamplesKey, TestSamples.ToString(CultureInfo.InvariantCulture)),
            new("test_accuracy_percent", Text(Accuracies[^1])),
            new(AccuraciesKey, string.Join(' ', Accuracies.Select(Text))),
        ],
    };

    /// <summary>Reads a model's card.</summary>
    /// <param name="metadata">Of the model.</param>
    /// <param name="file">Where it came from, for the message.</param>
    /// <exception cref="ModelFormatException">The model was not trained on this task.</exception>
    public static XorCard Read(ModelMetadata metadata, string file)
    {
        string cell = Entry(CellKey);
        if (XorRecipe.All.All(recipe => recipe.Cell != cell))
            throw Wrong(CellKey, $"'{cell}'", string.Join(", ", XorRecipe.All.Select(static recipe => recipe.Cell)));
        double[] accuracies = [.. Entry(AccuraciesKey).Split(' ').Select(word => Number(AccuraciesKey, word))];
        double minutes = Number(MinutesKey, Entry(MinutesKey));
        return new XorCard(
            cell, Whole(SeedKey, ulong.MaxValue), minutes, (int)Whole(SamplesKey, XorData.TrainingSamples),
            (int)Whole(TestSamplesKey, XorData.TestSamples), accuracies);

        string Entry(string key) =>
            metadata.Provenance.Where(entry => entry.Key == key).Select(static entry => entry.Value).FirstOrDefault()
            ?? throw Wrong(key, "nothing", "what `train xor` writes");

        double Number(string key, string word) =>
            double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                ? value
                : throw Wrong(key, $"'{word}'", "a finite number");

        ulong Whole(string key, ulong most) =>
            ulong.TryParse(Entry(key), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) && value <= most
                ? value
                : throw Wrong(key, $"'{Entry(key)}'", $"a whole number, at most {most}");

        ModelFormatException Wrong(string key, string found, string expected) =>
            new(file, $"provenance '{key}'", found, expected, "Give a model that was trained on the XOR task.");
    }

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
