using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace LiquidControl.Training;

/// <summary>One recorded sequence, row-major [step][feature] and [step][target]; its arrays are not copied.</summary>
public sealed class TrainingSequence
{
    /// <param name="features">[steps × features].</param>
    /// <param name="targets">[steps × targets].</param>
    /// <param name="timespans">Elapsed seconds before each step [steps].</param>
    /// <param name="weights">The weight of each step in the loss [steps]; null for 1.</param>
    /// <param name="basis">Where the set has a basis, its values [steps × entries].</param>
    public TrainingSequence(float[] features, float[] targets, float[] timespans, float[]? weights = null, float[]? basis = null)
    {
        if (weights is not null && weights.Length != timespans.Length)
            throw new ArgumentException($"A sequence of {timespans.Length} steps has {weights.Length} weights; give one per step.");
        Features = features;
        Targets = targets;
        Timespans = timespans;
        Weights = weights;
        Basis = basis;
    }

    /// <summary>
    /// A sequence some of whose steps are masked. Such a step leaves the state as it is and has no part in the loss, as in Keras: it is
    /// left out.
    /// </summary>
    /// <param name="features">[steps × features].</param>
    /// <param name="targets">[steps × targets].</param>
    /// <param name="timespans">Elapsed seconds before each step [steps]; one that is left out takes its own with it.</param>
    /// <param name="mask">True where a step counts [steps].</param>
    public static TrainingSequence Masked(float[] features, float[] targets, float[] timespans, bool[] mask)
    {
        if (mask.Length != timespans.Length)
            throw new ArgumentException($"A sequence of {timespans.Length} steps has {mask.Length} mask entries; give one per step.");
        return new TrainingSequence(Kept(features, mask), Kept(targets, mask), Kept(timespans, mask));
    }

    /// <summary>A sequence judged by its last step alone.</summary>
    /// <param name="features">[steps × features].</param>
    /// <param name="label">What the last step must give [targets].</param>
    /// <param name="timespans">Elapsed seconds before each step [steps].</param>
    public static TrainingSequence Labelled(float[] features, float[] label, float[] timespans)
    {
        float[] targets = [.. Enumerable.Repeat(label, timespans.Length).SelectMany(static row => row)];
        float[] weights = new float[timespans.Length];
        if (weights.Length > 0)
            weights[^1] = 1f;
        return new TrainingSequence(features, targets, timespans, weights);
    }

    public float[] Features { get; }
    public float[] Targets { get; }
    public float[] Timespans { get; }
    public float[]? Weights { get; }
    public float[]? Basis { get; }
    public int Steps => Timespans.Length;

    public float Weight(int step) => Weights is null ? 1f : Weights[step];

    private static float[] Kept(float[] rows, bool[] mask)
    {
        int width = mask.Length == 0 ? 0 : rows.Length / mask.Length;
        if (width * mask.Length != rows.Length)
            throw new ArgumentException($"{rows.Length} values are not whole rows of {mask.Length} steps.");
        return [.. rows.Where((_, i) => mask[i / width])];
    }
}

/// <summary>Training data: sequences of named features, targets and elapsed times; lengths may differ.</summary>
public sealed class SequenceSet
{
    private readonly List<TrainingSequence> _sequences = [];

    /// <param name="features">What a network sees.</param>
    /// <param name="targets">What it is judged by.</param>
    /// <param name="basis">How the targets follow from a network's outputs; null: they are the outputs.</param>
    public SequenceSet(IReadOnlyList<Signal> features, IReadOnlyList<Signal> targets, OutputBasis? basis = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(features.Count);
        ArgumentOutOfRangeException.ThrowIfZero(targets.Count);
        Features = [.. features];
        Targets = [.. targets];
        Basis = basis;
    }

    public IReadOnlyList<Signal> Features { get; }
    public IReadOnlyList<Signal> Targets { get; }
    public OutputBasis? Basis { get; }
    public IReadOnlyList<TrainingSequence> Sequences => _sequences;

    /// <summary>Outputs a network of this set has.</summary>
    public int OutputCount => Basis?.Outputs.Count ?? Targets.Count;

    /// <summary>Steps of all sequences together.</summary>
    public long TotalSteps { get; private set; }

    /// <summary>Adds a sequence; refuses wrong shapes and numbers that are not finite, naming the place.</summary>
    public void Add(TrainingSequence sequence)
    {
        string place = $"sequence {_sequences.Count}";
        if (sequence.Steps == 0)
            throw new ArgumentException($"{place} has no steps; leave it out.", nameof(sequence));
        Check(place, "features", sequence.Features, sequence.Steps, Features);
        Check(place, "targets", sequence.Targets, sequence.Steps, Targets);
        Check(place, "timespans", sequence.Timespans, sequence.Steps, [new Signal("dt", "s")]);
        Check(place, "basis", sequence.Basis ?? [], sequence.Steps, Basis?.EntrySignals ?? []);
        if (sequence.Weights is float[] weights)
        {
            Check(place, "weights", weights, sequence.Steps, [new Signal("weight", "1")]);
            if (weights.AsSpan().ContainsAnyExceptInRange(0f, float.MaxValue))
                throw new ArgumentException($"{place}: a weight is negative; use 0 to leave a step out.", nameof(sequence));
        }

        _sequences.Add(sequence);
        TotalSteps += sequence.Steps;
    }

    /// <summary>SHA-256, in lowercase hex, of the names, units, shapes and little-endian float bits of everything in the set, in order.</summary>
    public string ContentHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', [.. Features.Select(Label), "", .. Targets.Select(Label), .. Basis?.EntrySignals.Select(Label) ?? []])));
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (TrainingSequence sequence in _sequences)
            foreach (float[] values in (ReadOnlySpan<float[]>)[sequence.Features, sequence.Targets, sequence.Timespans, sequence.Weights ?? [], .. Basis is null ? (float[][])[] : [sequence.Basis!]])
            {
                BinaryPrimitives.WriteInt32LittleEndian(length, values.Length);
                hash.AppendData(length);
                hash.AppendData(MemoryMarshal.AsBytes<float>(values));
            }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Label(Signal signal) => $"{signal.Name} {signal.Unit}";

    private static void Check(string place, string what, float[] values, int steps, IReadOnlyList<Signal> signals)
    {
        if (values.Length != steps * signals.Count)
            throw new ArgumentException($"{place}: {what} has {values.Length} values, expected {steps} steps x {signals.Count}.");
        for (int i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i]))
                throw new ArgumentException(
                    $"{place}, step {i / signals.Count}: {what} '{signals[i % signals.Count].Name}' is {values[i]}; " +
                    "only finite numbers can be learned from.");
    }
}
