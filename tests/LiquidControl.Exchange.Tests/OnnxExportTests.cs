using LiquidControl.Neural;
using LiquidControl.Neural.Wirings;
using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace LiquidControl.Exchange.Tests;

public class OnnxExportTests
{
    public static TheoryData<string> Networks =>
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "golden"), "*.safetensors")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void All_22_configurations_are_exported() => Assert.Equal(22, Networks.Count);

    /// <summary>Every recorded sequence, each step from the state of the step before, timespans up to 1e5 among them.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void ONNX_Runtime_steps_the_exported_network_as_the_reference_library_did(string name)
    {
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json(name));
        using InferenceSession session = OnnxSession.Open(OnnxExport.ToBytes(new Model { Weights = vectors.Weights }, name));
        foreach (ReferenceSequence sequence in vectors.Sequences)
        {
            float[] state = Floats(sequence.InitialState);
            double worst = 0.0;
            for (int step = 0; step < sequence.Inputs.Length; step++)
            {
                (float[] output, state) = OnnxSession.Step(session, Floats(sequence.Inputs[step]), (float)sequence.Timespans[step], state);
                worst = Math.Max(worst, Difference(output, sequence.Outputs[step]));
                worst = Math.Max(worst, Difference(state, sequence.States[step]));
            }

            TestContext.Current.SendDiagnosticMessage($"{name} {sequence.Name}: {worst:E2}");
            Assert.True(worst <= 1e-5, $"{sequence.Name}: {worst}");
        }
    }

    [Fact]
    public void Variants_are_exported_as_they_are_computed()
    {
        WiringRecipe ncp = new AutoNcpRecipe(12, 2);
        NetworkArchitecture[] variants =
        [
            new CfcArchitecture { InputSize = 3, Units = 4, BackboneUnits = 5, HeadActivation = HeadActivation.LecunTanh },
            new WiredCfcArchitecture { InputSize = 3, Wiring = ncp, Memory = MemoryCoupling.Input, HeadActivation = HeadActivation.Identity },
            new LtcArchitecture { InputSize = 3, Wiring = ncp, Memory = MemoryCoupling.Input, ForgetGateBias = 0.3, TimespanOffset = 1.0 },
        ];
        foreach (NetworkArchitecture architecture in variants)
        {
            NetworkWeights weights = ModelImportTests.Random(architecture);
            foreach (ref double weight in weights.Parameters.AsSpan()) weight *= 0.3;
            foreach ((string key, double[] mask) in WiringMasks.Of(architecture)) mask.CopyTo(weights[key]);
            using InferenceSession session = OnnxSession.Open(OnnxExport.ToBytes(new Model { Weights = weights }, "file"));
            SampledNetwork<float> network = new(Network<float>.Create(weights));
            float[] state = new float[network.State.Length];
            for (int step = 0; step < 20; step++)
            {
                float[] input = [0.1f * step, 1 - 0.1f * step, -0.5f];
                Assert.Equal(StepResult.Ok, network.Step(input, 0.05f * step));
                (float[] output, state) = OnnxSession.Step(session, input, 0.05f * step, state);
                Assert.Equal(network.Output.ToArray(), output, Near);
                Assert.Equal(network.State.ToArray(), state, Near);
            }
        }
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes_and_carries_its_description()
    {
        Model model = ModelFile.Load(Golden.Safetensors("cfc_autoncp_19_1_8in"));
        byte[] bytes = OnnxExport.ToBytes(model, "file");
        Assert.Equal(bytes, OnnxExport.ToBytes(model, "file"));
        using InferenceSession session = OnnxSession.Open(bytes);
        Assert.Contains("\"AutoNCP\"", session.ModelMetadata.CustomMetadataMap[ModelFile.MetadataKey], StringComparison.Ordinal);
        Assert.Equal(["input", "timespan", "state"], session.InputNames);
        Assert.Equal(["output", "next_state"], session.OutputNames);
    }

    [Fact]
    public void What_has_no_ONNX_form_is_refused_with_the_remedy()
    {
        LtcArchitecture slow = new() { InputSize = 2, Wiring = new FullyConnectedRecipe(3), OdeUnfolds = 65 };
        Refused(new NetworkWeights(slow), "ode_unfolds: found 65, expected at most 64 for ONNX");
        NetworkWeights large = new(new CfcArchitecture { InputSize = 2, Units = 2, BackboneLayers = 0 });
        large["rnn_cell.ff2.bias"][1] = 1e300;
        Refused(large, "tensor 'rnn_cell.ff2.bias', element 1: found 1E+300");
    }

    private static void Refused(NetworkWeights weights, string message) =>
        Assert.Contains(message, Assert.Throws<ModelFormatException>(() => OnnxExport.ToBytes(new Model { Weights = weights }, "file")).Message);

    private static bool Near(float a, float b) => Math.Abs(a - b) <= 1e-5f * Math.Max(1.0f, Math.Abs(a));

    private static float[] Floats(IEnumerable<double> values) => [.. values.Select(value => (float)value)];

    private static double Difference(float[] actual, double[] expected) => actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
}
