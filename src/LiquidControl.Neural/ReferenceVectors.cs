using System.Collections.Immutable;
using System.Numerics;

namespace LiquidControl.Neural;

/// <summary>
/// A file of recorded runs of the reference library (ncps, torch): constructor arguments, weights in the file or in a safetensors file
/// beside it, and sequences of inputs, timespans, outputs and states. Running them here shows that this network is that network.
/// </summary>
public sealed class ReferenceVectors
{
    private const double DoubleTolerance = 1e-11;
    private const double FloatTolerance = 2e-5;

    private ReferenceVectors(string name, CfcWeights weights, ImmutableArray<ReferenceSequence> sequences, double statedFloatError)
    {
        Name = name;
        Weights = weights;
        Sequences = sequences;
        StatedFloatError = statedFloatError;
    }

    public string Name { get; }

    public CfcWeights Weights { get; }

    public ImmutableArray<ReferenceSequence> Sequences { get; }

    /// <summary>
    /// How far the reference library's own float run lies from its double run, as the file or the index beside it states; else 0.
    /// </summary>
    public double StatedFloatError { get; }

    /// <exception cref="ModelFormatException">The file, or the weights, are missing or not what they must be.</exception>
    /// <exception cref="UnsupportedModelException">The network is an LTC, wired, or has mixed memory.</exception>
    /// <exception cref="IOException">The operating system could not read it.</exception>
    public static ReferenceVectors Load(string path)
    {
        JsonPlace root = ModelFile.ReadJson(path);
        CfcArchitecture architecture = ModelDocument.Read(root, strict: false).Architecture;
        string name = root.Member("name").Text();
        CfcWeights weights = ReferenceWeights.Load(path, root, architecture);
        ImmutableArray<ReferenceSequence> sequences =
            [.. root.Member("sequences").Items().Select(sequence => ReferenceSequence.Read(sequence, architecture))];
        if (sequences.IsEmpty) throw root.Member("sequences").Wrong("at least one sequence");
        return new ReferenceVectors(name, weights, sequences, FindStatedFloatError(path, root, name));
    }

    /// <summary>The largest error allowed of outputs and of states.</summary>
    public double Tolerance(Precision precision) =>
        precision == Precision.Binary64 ? DoubleTolerance : Math.Max(FloatTolerance, StatedFloatError);

    /// <summary>Runs every sequence from its initial state, each step from the state of the step before.</summary>
    public ReferenceVerification Verify(Precision precision) => new(Name, precision, Tolerance(precision),
        precision == Precision.Binary64 ? Run(Cfc<double>.Create(Weights)) : Run(Cfc<float>.Create(Weights)));

    private ImmutableArray<SequenceError> Run<T>(Cfc<T> network) where T : struct, IBinaryFloatingPointIeee754<T> =>
        [.. Sequences.Select(sequence => Run(network, sequence))];

    private static SequenceError Run<T>(Cfc<T> network, ReferenceSequence sequence) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        T[] state = LinearLayer<T>.Round(sequence.InitialState.AsSpan());
        T[] output = new T[network.OutputSize];
        T[] scratch = new T[network.ScratchLength];
        double outputError = 0.0;
        double stateError = 0.0;
        for (int step = 0; step < sequence.Inputs.Length; step++)
        {
            T[] input = LinearLayer<T>.Round(sequence.Inputs[step]);
            CfcStepResult result = network.Step(input, T.CreateTruncating(sequence.Timespans[step]), state, output, scratch);
            if (result != CfcStepResult.Ok)
            {
                return new SequenceError(sequence.Name, step, result, double.PositiveInfinity, double.PositiveInfinity);
            }

            outputError = Math.Max(outputError, LargestDifference(output, sequence.Outputs[step]));
            stateError = Math.Max(stateError, LargestDifference(state, sequence.States[step]));
        }

        return new SequenceError(sequence.Name, sequence.Inputs.Length, CfcStepResult.Ok, outputError, stateError);
    }

    private static double LargestDifference<T>(ReadOnlySpan<T> actual, ReadOnlySpan<double> expected) where T : struct, INumber<T>
    {
        double largest = 0.0;
        for (int i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(double.CreateTruncating(actual[i]) - expected[i]));
        }

        return largest;
    }

    private static double FindStatedFloatError(string path, JsonPlace root, string name)
    {
        const string Key = "max_abs_diff_f32_vs_f64_outputs";
        if (root.TryMember(Key, out JsonPlace stated)) return stated.Number();

        string index = Path.Combine(Path.GetDirectoryName(path) ?? "", "index.json");
        if (!File.Exists(index) || !ModelFile.ReadJson(index).TryMember("configs", out JsonPlace configs)) return 0.0;
        foreach (JsonPlace config in configs.Items())
        {
            if (config.Member("name").Text() == name) return config.Member(Key).Number();
        }

        return 0.0;
    }
}
