using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LiquidControl.Neural;

namespace LiquidControl.Training;

/// <summary>What a training is of, in words: two trainings of which all this is the same take the same steps.</summary>
internal static class TrainingIdentity
{
    private const string None = "none";

    /// <param name="data">What is learned from.</param>
    /// <param name="network">What is trained.</param>
    /// <param name="options">How.</param>
    /// <param name="normalisation">How the data are scaled.</param>
    /// <param name="start">The first parameters.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(
        SequenceSet data, NetworkParameters network, TrainingOptions options, Normalisation normalisation, float[] start) =>
    [
        new("network", Describe(network)),
        new("data", data.ContentHash()),
        new("validation data", options.Validation?.ContentHash() ?? None),
        new("first parameters", Hash(start)),
        new("feature mean", Text(normalisation.FeatureMean)),
        new("feature scale", Text(normalisation.FeatureScale)),
        new("output scale", Text(normalisation.OutputScale)),
        new("decayed tensors", Keys(network.Tensors.Where(options.Decays))),
        new(nameof(options.OutputWeights), options.OutputWeights is float[] weights ? Text(weights) : None),
        .. Of(options),
    ];

    /// <summary>The options that change bits; the number of threads, for one, does not.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(TrainingOptions options) =>
        Numbers(options).Select(static option => KeyValuePair.Create(option.Name, Text(option.Value)));

    public static string Describe(NetworkParameters network) => network.Architecture is NetworkArchitecture architecture
        ? new ModelDocument(architecture, ModelMetadata.Empty).Write()
        : $"{network.Rival}";

    private static IEnumerable<(string Name, object? Value)> Numbers(TrainingOptions options) =>
    [
        (nameof(options.Epochs), options.Epochs),
        (nameof(options.BatchSize), options.BatchSize),
        (nameof(options.ChunkSteps), options.ChunkSteps),
        (nameof(options.Optimiser), options.Optimiser),
        (nameof(options.LearningRate), options.LearningRate),
        (nameof(options.WarmUpBatches), options.WarmUpBatches),
        (nameof(options.RateDecayPerEpoch), options.RateDecayPerEpoch),
        (nameof(options.WeightDecay), options.WeightDecay),
        (nameof(options.SquarePenalty), options.SquarePenalty),
        (nameof(options.Dropout), options.Dropout),
        (nameof(options.Loss), options.Loss),
        (nameof(options.Loop), options.Loop),
        (nameof(options.HuberBeta), options.HuberBeta),
        (nameof(options.ChatterPenalty), options.ChatterPenalty),
        (nameof(options.GradientNormLimit), options.GradientNormLimit),
        (nameof(options.TensorNormLimit), options.TensorNormLimit),
        (nameof(options.TimespanUnit), options.TimespanUnit),
        (nameof(options.PackByLength), options.PackByLength),
        (nameof(options.Patience), options.Patience),
        (nameof(options.Seed), options.Seed),
    ];

    private static string Keys(IEnumerable<ParameterTensor> tensors) =>
        string.Join(' ', tensors.Select(static tensor => tensor.Key).DefaultIfEmpty(None));

    private static string Hash(float[] values) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(values)));

    private static string Text(float[] values) => string.Join(' ', values.Select(static value => Text(value)));

    private static string Text(object? value) => value is null ? None : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
