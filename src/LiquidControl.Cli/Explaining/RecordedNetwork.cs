using LiquidControl.Neural;
using LiquidControl.Neural.Explanation;

namespace LiquidControl.Cli.Explaining;

/// <summary>A network and what it saw.</summary>
internal sealed record RecordedNetwork(string File, Model Model, Recording Recording)
{
    public Network<double> Network { get; } = Network<double>.Create(Model.Weights);

    public IReadOnlyList<string> OutputNames => Model.Metadata.Outputs.IsEmpty
        ? [.. Enumerable.Range(1, Model.Architecture.OutputSize).Select(i => $"y{i}")]
        : [.. Model.Metadata.Outputs.Select(output => output.Name)];

    /// <summary>Of a neuron, s, from timespan units; the scale is 1 where the model does not say it.</summary>
    public double Seconds(double timespan) => timespan * Model.Metadata.TimespanScale;

    /// <summary>From what somebody typed: a model with a recording, or vectors that hold both.</summary>
    /// <exception cref="BadInputException">It is neither, or both.</exception>
    public static RecordedNetwork Load(string? model, string? recording, string? vectors, string? sequence)
    {
        if (vectors is not null && model is null && recording is null) return FromVectors(vectors, sequence);
        if (model is null || vectors is not null)
        {
            throw new BadInputException("network: expected either a model and --recording, or reference vectors, which hold both. Give one of these.");
        }

        if (recording is null) throw new BadInputException($"--recording: found nothing, expected what {model} saw. Make it: liquidcontrol move place --recording move.csv.");
        if (sequence is not null) throw new BadInputException("--sequence: found with a recording, expected with reference vectors. Leave it out.");
        return FromModel(model, recording);
    }

    private static RecordedNetwork FromModel(string path, string recording)
    {
        var model = ModelFile.Load(path);
        return new(path, model, RecordingFile.Read(recording, model));
    }

    /// <param name="path">Of reference vectors.</param>
    /// <param name="name">Of the sequence; null for the first.</param>
    private static RecordedNetwork FromVectors(string path, string? name)
    {
        var vectors = ReferenceVectors.Load(path);
        var sequence = name is null ? vectors.Sequences[0] : vectors.Sequences.FirstOrDefault(sequence => sequence.Name == name);
        if (sequence is not null) return new(path, new Model { Weights = vectors.Weights }, Recording.Of(sequence, path));
        throw new BadInputException($"--sequence: found '{name}', expected one of {string.Join(", ", vectors.Sequences.Select(known => known.Name))}.");
    }
}
