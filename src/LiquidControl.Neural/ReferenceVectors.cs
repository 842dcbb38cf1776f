using System.Collections.Immutable;
using System.Numerics;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Neural;

/// <summary>
/// A file of recorded runs of the reference library (ncps, torch): constructor arguments, weights in the file or in a safetensors file
/// beside it, and sequences of inputs, timespans, outputs and states. Running them here shows that this network is that network.
/// </summary>
public sealed class ReferenceVectors
{
    private const double DoubleTolerance = 1e-11;
    private const double FloatTolerance = 2e-5;
    private const double LongTimespan = 60.0;
    private const double LongTimespanFloatTolerance = 2e-4;

    private ReferenceVectors(string name, NetworkWeights weights, ImmutableArray<ReferenceSequence> sequences, double statedFloatError)
    {
        Name = name;
        Weights = weights;
        Sequences = sequences;
        StatedFloatError = statedFloatError;
    }

    public string Name { get; }

    public NetworkWeights Weights { get; }

    public ImmutableArray<ReferenceSequence> Sequences { get; }

    /// <summary>
    /// How far the reference library's own float run lies from its double run, as the file or the index beside it states; else 0.
    /// </summary>
    public double StatedFloatError { get; }

    /// <exception cref="ModelFormatException">The file, or the weights, are missing or not what they must be.</exception>
    /// <exception cref="IOException">The operating system could not read it.</exception>
    public static ReferenceVectors Load(string path)
    {
        JsonPlace root = ModelFile.ReadJson(path);
        NetworkArchitecture architecture = ModelDocument.Read(root, strict: false).Architecture;
        string name = root.Member("name").Text();
        NetworkWeights weights = ReferenceWeights.Load(path, root, architecture);
        ImmutableArray<ReferenceSequence> sequences =
            [.. root.Member("sequences").Items().Select(sequence => ReferenceSequence.Read(sequence, architecture))];
        if (sequences.IsEmpty) throw root.Member("sequences").Wrong("at least one sequence");
        return new ReferenceVectors(name, weights, sequences, FindStatedFloatError(path, root, name));
    }

    /// <summary>The largest error allowed of outputs and of states over a sequence.</summary>
    public double Tolerance(ReferenceSequence sequence, Precision precision)
    {
        if (precision == Precision.Binary64) return DoubleTolerance;
        double tolerance = Math.Max(FloatTolerance, StatedFloatError);
        // A rate rounded to float is multiplied by the timespan before it meets a sigmoid or an exponential.
        return sequence.Timespans.Max() > LongTimespan ? Math.Max(tolerance, LongTimespanFloatTolerance) : tolerance;
    }

    /// <summary>Runs every sequence from its initial state, each step from the state of the step before.</summary>
    public ReferenceVerification Verify(Precision precision) => new(Name, precision,
        precision == Precision.Binary64 ? Run<double>(precision) : Run<float>(precision));

    /// <summary>Runs every sequence through a kernel of these weights, each step from the state of the step before.</summary>
    public ReferenceVerification Verify(NetworkKernel kernel) => new(Name, Precision.Binary32,
        [.. Sequences.Select(sequence => Run(kernel, sequence, Tolerance(sequence, Precision.Binary32)))]);

    private ImmutableArray<SequenceError> Run<T>(Precision precision) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Network<T> network = Network<T>.Create(Weights);
        return [.. Sequences.Select(sequence => Run(network, sequence, Tolerance(sequence, precision)))];
    }

    private static SequenceError Run<T>(Network<T> network, ReferenceSequence sequence, double tolerance)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        SampledNetwork<T> run = new(network);
        run.Reset(LinearLayer<T>.Round(sequence.InitialState.AsSpan()));
        double outputError = 0.0;
        double stateError = 0.0;
        for (int step = 0; step < sequence.Inputs.Length; step++)
        {
            T[] input = LinearLayer<T>.Round(sequence.Inputs[step]);
            StepResult result = run.Step(input, T.CreateTruncating(sequence.Timespans[step]));
            if (result != StepResult.Ok)
            {
                return new SequenceError(
                    sequence.Name, step, result, double.PositiveInfinity, double.PositiveInfinity, tolerance);
            }

            outputError = Math.Max(outputError, LargestDifference(run.Output, sequence.Outputs[step]));
            stateError = Math.Max(stateError, LargestDifference(run.State, sequence.States[step]));
        }

        return new SequenceError(sequence.Name, sequence.Inputs.Length, StepResult.Ok, outputError, stateError, tolerance);
    }

    private static SequenceError Run(NetworkKernel kernel, ReferenceSequence sequence, double tolerance)
    {
        KernelState state = kernel.CreateState();
        StepResult result = state.Write(LinearLayer<float>.Round(sequence.InitialState.AsSpan()));
        float[] output = new float[kernel.OutputSize], states = new float[kernel.StateSize];
        double outputError = 0.0, stateError = 0.0;
        for (int step = 0; step < sequence.Inputs.Length; step++)
        {
            if (result == StepResult.Ok)
                result = kernel.Step(state, LinearLayer<float>.Round(sequence.Inputs[step]), (float)sequence.Timespans[step], output);
            if (result != StepResult.Ok)
            {
                return new SequenceError(
                    sequence.Name, step, result, double.PositiveInfinity, double.PositiveInfinity, tolerance);
            }

            state.Read(states);
            outputError = Math.Max(outputError, LargestDifference<float>(output, sequence.Outputs[step]));
            stateError = Math.Max(stateError, LargestDifference<float>(states, sequence.States[step]));
        }

        return new SequenceError(sequence.Name, sequence.Inputs.Length, StepResult.Ok, outputError, stateError, tolerance);
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
