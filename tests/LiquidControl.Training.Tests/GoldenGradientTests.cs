using System.Text.Json;
using System.Text.Json.Nodes;
using LiquidControl.Neural;
using Xunit;

namespace LiquidControl.Training.Tests;

/// <summary>
/// Backpropagation against the float64 gradients of the reference library (ncps 1.0.1, torch): loss mean((out − target)²), zero initial state.
/// </summary>
public sealed class GoldenGradientTests
{
    private const int LaneCount = CfcTape<double>.LaneCount;
    private static readonly JsonArray Items = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", "dense-gradients.json")))!["items"]!.AsArray();

    public static TheoryData<string> Names => [.. Items.Select(static item => item!["name"]!.GetValue<string>())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_agree_with_the_reference_library(string name)
    {
        JsonNode item = Items.Single(i => i!["name"]!.GetValue<string>() == name)!;
        CfcParameters layout = new(ArchitectureOf(item["constructor"]!));
        double[] parameters = new double[layout.Count];
        foreach (ParameterTensor tensor in layout.Tensors)
            Singles(item["state_dict"]![tensor.Key]!).CopyTo(parameters, tensor.Offset);
        double[][] inputs = [.. item["inputs"]!.AsArray().Select(static row => Singles(row!))];
        double[] timespans = Singles(item["dt"]!);

        // Every lane runs the same sequence: the loss gradient of one lane, sixteen times over.
        CfcTape<double> tape = new(layout, inputs.Length);
        for (int step = 0; step < inputs.Length; step++)
        {
            tape.Timespans(step).Fill(timespans[step]);
            for (int i = 0; i < inputs[step].Length; i++)
                tape.Input(step).Slice(i * LaneCount, LaneCount).Fill(inputs[step][i]);
        }

        tape.Forward(parameters, inputs.Length);
        double loss = 0.0;
        int count = inputs.Length * tape.OutputSize;
        for (int step = 0; step < inputs.Length; step++)
            for (int i = 0; i < tape.OutputSize; i++)
            {
                double expected = item["outputs"]![step]![i]!.GetValue<double>();
                double difference = tape.Output(step)[i * LaneCount] - (0.5 * Math.Sin((0.3 * step) + i));
                Assert.True(Math.Abs(tape.Output(step)[i * LaneCount] - expected) <= 1e-12, $"{name}: output {i} of step {step}");
                loss += difference * difference / count;
                for (int lane = 0; lane < LaneCount; lane++)
                    tape.OutputGradient(step)[(i * LaneCount) + lane] = 2.0 * difference / count / LaneCount;
            }

        double[] gradient = new double[layout.Count];
        tape.Backward(parameters, gradient, inputs.Length);

        Assert.Equal(item["loss"]!.GetValue<double>(), loss, 1e-12);
        Assert.Equal(layout.Tensors.Count, item["grads"]!.AsObject().Count);
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            JsonArray expected = item["grads"]![tensor.Key]!.AsArray();
            Assert.Equal(expected.Count, tensor.Count);
            double largest = expected.Max(static v => Math.Abs(v!.GetValue<double>()));
            for (int i = 0; i < tensor.Count; i++)
            {
                double error = Math.Abs(gradient[tensor.Offset + i] - expected[i]!.GetValue<double>());
                Assert.True(error <= 1e-11 * largest, $"{name}: {tensor.Key}[{i}] is {gradient[tensor.Offset + i]:r}, expected {expected[i]}");
            }
        }
    }

    /// <summary>Golden numbers are float32, shortest form: read as such, then widened.</summary>
    private static double[] Singles(JsonNode values) => [.. values.AsArray().Select(static v => (double)v!.GetValue<float>())];

    private static CfcArchitecture ArchitectureOf(JsonNode constructor) => new()
    {
        InputSize = constructor["input_size"]!.GetValue<int>(),
        Units = constructor["units"]!.GetValue<int>(),
        Mode = constructor["mode"]?.GetValue<string>() switch { "pure" => CfcMode.Pure, "no_gate" => CfcMode.NoGate, _ => CfcMode.Default },
        Activation = constructor["activation"]?.GetValue<string>() switch
        {
            "silu" => Activation.Silu,
            "tanh" => Activation.Tanh,
            "gelu" => Activation.Gelu,
            null => Activation.LecunTanh,
            string other => throw new JsonException($"activation {other}"),
        },
        BackboneLayers = constructor["backbone_layers"]?.GetValue<int>() ?? 1,
        BackboneUnits = constructor["backbone_units"]?.GetValue<int>() ?? 128,
        ProjectionSize = constructor["proj_size"]?.GetValue<int>(),
    };
}
