using System.Globalization;
using Xunit;

namespace LiquidControl.Neural.Tests;

public class ReferenceVectorsTests
{
    public static TheoryData<string, Precision> AllInBothPrecisions
    {
        get
        {
            TheoryData<string, Precision> data = [];
            foreach (string name in Golden.All)
            {
                data.Add(name, Precision.Binary64);
                data.Add(name, Precision.Binary32);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(AllInBothPrecisions))]
    public void Every_network_runs_as_in_the_reference_library(string name, Precision precision)
    {
        ReferenceVerification verification = ReferenceVectors.Load(Golden.Json(name)).Verify(precision);
        Assert.Equal(["regular", "irregular", "extreme"], verification.Sequences.Select(sequence => sequence.Name));
        foreach (SequenceError sequence in verification.Sequences)
        {
            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture,
                $"{name} {precision} {sequence.Name}: outputs {sequence.OutputError:E2}, states {sequence.StateError:E2}"));
        }

        Assert.True(verification.Passed, $"{verification}");
        Assert.All(verification.Sequences, sequence => Assert.Equal(Allowed(sequence.Name, precision), sequence.Tolerance));
    }

    /// <summary>The extreme sequences alone have timespans over 60; no file states a float error beyond the general tolerance.</summary>
    private static double Allowed(string sequence, Precision precision) =>
        precision == Precision.Binary64 ? 1e-11 : sequence == "extreme" ? 2e-4 : 2e-5;

    [Fact]
    public void All_22_configurations_are_there() =>
        Assert.Equal(22, Golden.All.Distinct().Count(name => File.Exists(Golden.Json(name)) && File.Exists(Golden.Tensors(name))));

    [Theory]
    [InlineData("cfc_default_b1_lecun", CfcKeys.Head1 + CfcKeys.Weight)]
    [InlineData("cfc_default_b1_lecun", CfcKeys.TimeA + CfcKeys.Weight)]
    [InlineData("cfc_default_b0", CfcKeys.TimeB + CfcKeys.Weight)]
    [InlineData("cfc_default_b2_silu_proj", CfcKeys.Projection + CfcKeys.Weight)]
    [InlineData("cfc_nogate_b2_gelu", CfcKeys.Head2 + CfcKeys.Weight)]
    [InlineData("cfc_pure_b1_tanh", "rnn_cell.backbone.0.weight")]
    [InlineData("cfc_mixed_default_b1", LstmKeys.InputMap + CfcKeys.Weight)]
    [InlineData("cfc_mixed_default_b1", LstmKeys.RecurrentMap + CfcKeys.Weight)]
    [InlineData("cfc_ncp_nogate", "rnn_cell.layer_2.ff1.bias")]
    [InlineData("cfc_ncp_pure", "rnn_cell.layer_1.A")]
    [InlineData("cfc_autoncp_28_4_20in_proj", "rnn_cell.layer_0.time_a.weight")]
    [InlineData("ltc_fullyconnected_8u", "rnn_cell.erev")]
    [InlineData("ltc_random_nomap", LtcKeys.LeakPotential)]
    [InlineData("ltc_ncp_linear_map", LtcKeys.OutputWeight)]
    [InlineData("ltc_autoncp_19_1_8in", LtcKeys.InputBias)]
    public void One_wrong_sign_in_a_weight_is_seen(string name, string key)
    {
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json(name));
        Span<double> weight = vectors.Weights[key];
        weight[0] = -weight[0];
        Assert.False(vectors.Verify(Precision.Binary64).Passed);
        Assert.False(vectors.Verify(Precision.Binary32).Passed);
    }

    [Fact]
    public void A_gate_with_the_opposite_sign_is_seen()
    {
        // The TensorFlow port of the reference library has σ(-t_a dt + t_b): its weights must not pass for these.
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json("cfc_default_b1_lecun"));
        foreach (string tensor in (string[])[CfcKeys.TimeA + CfcKeys.Weight, CfcKeys.TimeA + CfcKeys.Bias])
        {
            foreach (ref double value in vectors.Weights[tensor]) value = -value;
        }

        Assert.False(vectors.Verify(Precision.Binary64).Passed);
    }

    [Fact]
    public void One_wrong_sign_in_the_recorded_numbers_is_seen()
    {
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json("cfc_pure_b0"));
        vectors.Sequences[1].States[3][2] *= -1.0;
        ReferenceVerification verification = vectors.Verify(Precision.Binary64);
        Assert.False(verification.Passed);
        Assert.True(verification.Sequences[1].StateError > 1e-3);
        Assert.True(verification.Sequences[1].OutputError < 1e-11);
    }

    [Fact]
    public void Weights_are_taken_from_the_file_itself_when_none_lie_beside_it()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("cfc_pure_b0.json");
        File.Copy(Golden.Json("cfc_pure_b0"), path);
        Assert.True(ReferenceVectors.Load(path).Verify(Precision.Binary64).Passed);

        path = folder.File("cfc_default_64u_8in.json");
        File.Copy(Golden.Json("cfc_default_64u_8in"), path);
        ModelFormatException error = Assert.Throws<ModelFormatException>(() => ReferenceVectors.Load(path));
        Assert.Contains("weights", error.Message);
    }

    [Theory]
    [InlineData("\"h0\": [", "\"h0\": [0.5, ", "h0")]
    [InlineData("\"outputs_f64\"", "\"outputs_f63\"", "outputs_f64")]
    [InlineData("\"units\"", "\"unitz\"", "constructor")]
    [InlineData("\"mode\": \"pure\"", "\"mode\": \"purest\"", "default, pure, no_gate")]
    [InlineData("\"weights_file\": \"", "\"weights_file\": \"../", "weights_file")]
    [InlineData("\"inputs\": [[", "\"inputs\": [[1e99, ", "inputs")]
    [InlineData("\"class\": \"CfC\"", "\"class\": \"GRU\"", "class")]
    [InlineData("\"class\": \"CfC\"", "\"class\": \"CfC\", \"class\": \"CfC\"", "each key once")]
    public void A_faulty_file_is_refused_with_the_place(string sound, string faulty, string place)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("cfc_pure_b0.json");
        string text = File.ReadAllText(Golden.Json("cfc_pure_b0")).Replace("\":\"", "\": \"", StringComparison.Ordinal)
            .Replace("\":[", "\": [", StringComparison.Ordinal);
        Assert.Contains(sound, text);
        File.WriteAllText(path, text.Replace(sound, faulty, StringComparison.Ordinal));
        Assert.Contains(place, Assert.Throws<ModelFormatException>(() => ReferenceVectors.Load(path)).Message);
    }

    [Fact]
    public void Weights_that_differ_between_the_file_and_the_one_beside_it_are_refused()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("cfc_pure_b0.json");
        File.Copy(Golden.Json("cfc_pure_b0"), path);
        byte[] tensors = File.ReadAllBytes(Golden.Tensors("cfc_pure_b0"));
        tensors[^1] ^= 0x80; // the sign of the last number
        File.WriteAllBytes(folder.File("cfc_pure_b0.safetensors"), tensors);
        Assert.Contains("rnn_cell.ff1.bias", Assert.Throws<ModelFormatException>(() => ReferenceVectors.Load(path)).Place);
    }

    [Fact]
    public void A_larger_stated_float_error_widens_the_float_tolerance_only()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("cfc_pure_b0.json");
        File.Copy(Golden.Json("cfc_pure_b0"), path);
        File.WriteAllText(folder.File("index.json"), """{"configs": [{"name": "cfc_pure_b0", "max_abs_diff_f32_vs_f64_outputs": 3e-5}]}""");
        ReferenceVectors vectors = ReferenceVectors.Load(path);
        Assert.Equal(3e-5, vectors.Tolerance(vectors.Sequences[0], Precision.Binary32));
        Assert.Equal(2e-4, vectors.Tolerance(vectors.Sequences[2], Precision.Binary32));
        Assert.Equal(1e-11, vectors.Tolerance(vectors.Sequences[2], Precision.Binary64));
    }
}
