using System.Text.Json.Nodes;
using LiquidControl.Neural;
using Xunit;

namespace LiquidControl.Training.Tests;

/// <summary>
/// Backpropagation against the float64 gradients of the reference library (ncps 1.0.1, torch): loss mean((out − target)²) over the
/// sequence "irregular", zero initial state.
/// </summary>
public sealed class GoldenGradientTests
{
    private const int LaneCount = NetworkTape<double>.LaneCount;
    private static readonly JsonArray Items = JsonNode.Parse(File.ReadAllText(Golden("gradients")))!["items"]!.AsArray();

    public static TheoryData<string> Names => [.. Items.Select(static item => item!["name"]!.GetValue<string>())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_agree_with_the_reference_library(string name)
    {
        JsonNode item = Items.Single(i => i!["name"]!.GetValue<string>() == name)!;
        ReferenceVectors reference = ReferenceVectors.Load(Golden(name));
        ReferenceSequence sequence = reference.Sequences.Single(static s => s.Name == "irregular");
        NetworkParameters network = new(reference.Weights);

        // The recorded weights are float32: nothing is lost on the way.
        double[] parameters = Array.ConvertAll(network.Flatten(reference.Weights), static p => (double)p);
        NetworkTape<double> tape = new(network, sequence.Inputs.Length);
        Load(tape, sequence);

        tape.Forward(parameters, sequence.Inputs.Length);
        double loss = Compare(tape, sequence, name);
        double[] gradient = new double[network.Count];
        tape.Backward(parameters, gradient, sequence.Inputs.Length);

        Assert.Equal(item["loss"]!.GetValue<double>(), loss, 1e-12);
        Assert.Equal(item["grads"]!.AsObject().Select(static pair => pair.Key).Order(), network.Tensors.Select(static t => t.Key).Order());
        foreach (ParameterTensor tensor in network.Tensors)
        {
            double[] expected = [.. item["grads"]![tensor.Key]!.AsArray().Select(static v => v!.GetValue<double>())];
            Assert.Equal(expected.Length, tensor.Count);
            double rounding = 1e-12 * expected.Max(Math.Abs);
            for (int i = 0; i < tensor.Count; i++)
            {
                double found = gradient[tensor.Offset + i];
                bool agrees = Math.Abs(found - expected[i]) <= (1e-9 * Math.Abs(expected[i])) + rounding;
                Assert.True(agrees, $"{name}: {tensor.Key}[{i}] is {found:r}, expected {expected[i]:r}");
            }
        }
    }

    /// <summary>Every lane runs the same sequence: the loss gradient of one lane, sixteen times over.</summary>
    private static void Load(NetworkTape<double> tape, ReferenceSequence sequence)
    {
        for (int step = 0; step < sequence.Inputs.Length; step++)
        {
            tape.Timespans(step).Fill(sequence.Timespans[step]);
            for (int i = 0; i < sequence.Inputs[step].Length; i++)
                tape.Input(step).Slice(i * LaneCount, LaneCount).Fill(sequence.Inputs[step][i]);
        }
    }

    /// <summary>Compares the outputs and returns the loss, whose gradient it writes, a sixteenth into each lane.</summary>
    private static double Compare(NetworkTape<double> tape, ReferenceSequence sequence, string name)
    {
        double loss = 0.0;
        int count = sequence.Inputs.Length * tape.OutputSize;
        for (int step = 0; step < sequence.Inputs.Length; step++)
            for (int i = 0; i < tape.OutputSize; i++)
            {
                double found = tape.Output(step)[i * LaneCount];
                Assert.True(Math.Abs(found - sequence.Outputs[step][i]) <= 1e-12, $"{name}: output {i} of step {step}");
                double difference = found - (0.5 * Math.Sin((0.3 * step) + i));
                loss += difference * difference / count;
                tape.OutputGradient(step).Slice(i * LaneCount, LaneCount).Fill(2.0 * difference / count / LaneCount);
            }

        return loss;
    }

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "golden", name + ".json");
}
