namespace LiquidControl.Cli.Reports;

/// <summary>What `train xor --json` prints; accuracies are of the test set, in %.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="File">The model.</param>
/// <param name="Seed">Of parameters, order and dropout.</param>
/// <param name="Samples">Trained on.</param>
/// <param name="TestSamples">Accuracy was measured on.</param>
/// <param name="AccuracyPercent">After the last epoch.</param>
/// <param name="MinutesPerEpoch">Mean.</param>
/// <param name="PaperAccuracyPercent">As published.</param>
/// <param name="PaperMinutesPerEpoch">As published.</param>
/// <param name="Epochs">Each epoch.</param>
internal sealed record XorTrainingReport(
    string Cell, string File, ulong Seed, int Samples, int TestSamples, double AccuracyPercent, double MinutesPerEpoch,
    double PaperAccuracyPercent, double PaperMinutesPerEpoch, IReadOnlyList<XorEpochReport> Epochs);

/// <summary>An epoch: mean loss while training, test accuracy after it, and its minutes.</summary>
internal sealed record XorEpochReport(double Loss, double AccuracyPercent, double Minutes);

/// <summary>
/// What `eval xor --json` prints a row of, one a cell: medians over the models given, null without any. Minutes are of epochs of the
/// whole training set; they are projected where a model was trained on a part of it, or for fewer epochs than the recipe's.
/// </summary>
internal sealed record XorRow(
    string Cell, IReadOnlyList<XorModelRow> Models, double? AccuracyPercent, double? MinutesPerEpoch, double? MinutesInAll,
    bool IsProjected, double PaperAccuracyPercent, double PaperAccuracySpread, double PaperMinutesPerEpoch);

/// <summary>A model: its accuracy, measured anew, and what its card says.</summary>
internal sealed record XorModelRow(string File, ulong Seed, int Samples, int Epochs, double AccuracyPercent, double MinutesPerEpoch);
