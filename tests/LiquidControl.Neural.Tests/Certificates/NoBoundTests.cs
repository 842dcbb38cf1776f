using LiquidControl.Neural.Certificates;
using Xunit;

namespace LiquidControl.Neural.Tests.Certificates;

public class NoBoundTests
{
    [Fact]
    public void A_pure_network_at_no_time_is_linear_and_has_no_bound_if_it_grows()
    {
        NetworkWeights weights = new(new CfcArchitecture { InputSize = 1, Units = 1, Mode = CfcMode.Pure, BackboneLayers = 0 });
        weights[CfcKeys.Amplitude][0] = 2.0;
        weights[CfcKeys.Head1 + CfcKeys.Weight][1] = -1.0;

        Certificate certificate = Certificate.Of(weights, CertificateDomain.Uniform(1, -1.0, 1.0, 0.0, 1.0));

        Assert.Null(certificate.States[0].Range);
        Assert.Contains("dt = 0", certificate.States[0].Reason, StringComparison.Ordinal);
        Assert.Null(certificate.TotalGain.Value);
        Assert.NotNull(Certificate.Of(weights, CertificateDomain.Uniform(1, -1.0, 1.0, 0.1, 1.0)).States[0].Range);
    }

    [Fact]
    public void A_pure_network_at_no_time_has_a_bound_if_its_linear_map_shrinks()
    {
        NetworkWeights weights = new(new CfcArchitecture { InputSize = 1, Units = 1, Mode = CfcMode.Pure, BackboneLayers = 0 });
        weights[CfcKeys.Amplitude][0] = 2.0;
        weights[CfcKeys.Head1 + CfcKeys.Weight][1] = 0.25;

        // h' = 2 - h/2: from 0 to 2 and on to 1.
        Interval range = Certificate.Of(weights, CertificateDomain.Uniform(1, -1.0, 1.0, 0.0, 0.0)).States[0].Range!.Value;

        Assert.InRange(range.Lower, -2.0, 0.0);
        Assert.InRange(range.Upper, 2.0, 4.0);
    }

    [Fact]
    public void Identity_heads_that_double_the_state_have_no_bound()
    {
        NetworkWeights weights = new(new CfcArchitecture
        {
            InputSize = 1,
            Units = 1,
            BackboneLayers = 0,
            HeadActivation = HeadActivation.Identity,
        });
        weights[CfcKeys.Head1 + CfcKeys.Weight][0] = 1.0;
        weights[CfcKeys.Head1 + CfcKeys.Weight][1] = 2.0;
        weights[CfcKeys.Head2 + CfcKeys.Weight][1] = 2.0;

        Bound bound = Certificate.Of(weights, CertificateDomain.Uniform(1, -1.0, 1.0, 0.1, 1.0)).States[0];

        Assert.Null(bound.Range);
        Assert.Contains("identity", bound.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forget_gate_that_rounds_to_one_leaves_the_memory_without_a_bound()
    {
        NetworkWeights weights = ReferenceVectors.Load(Golden.Json("cfc_mixed_default_b1")).Weights;
        int units = weights.Architecture.NeuronCount;
        weights[LstmKeys.InputMap + CfcKeys.Bias][2 * units] = 50.0;

        Certificate certificate = Certificate.Of(weights, CertificateDomain.Uniform(5, -1.0, 1.0, 0.1, 1.0));

        Assert.Contains("memory cell 0", certificate.States[units].Reason, StringComparison.Ordinal);
        Assert.NotNull(certificate.States[0].Range);
        Assert.NotNull(certificate.States[units + 1].Range);
        Assert.All(certificate.Outputs, output => Assert.NotNull(output.Range));
    }

    [Fact]
    public void A_memory_cell_at_rest_is_bounded_by_what_it_adds_up()
    {
        NetworkWeights weights = new(new CfcArchitecture
        {
            InputSize = 1,
            Units = 1,
            BackboneLayers = 0,
            Memory = MemoryCoupling.State,
            ForgetGateBias = 0.0,
        });
        weights[LstmKeys.InputMap + CfcKeys.Bias][0] = 30.0;

        // c' = c/2 + 1/2: from 0 towards 1.
        Interval cell = Certificate.Of(weights, CertificateDomain.Uniform(1, -1.0, 1.0, 0.1, 1.0)).States[1].Range!.Value;

        Assert.InRange(cell.Lower, -1e-12, 0.0);
        Assert.InRange(cell.Upper, 1.0, 1.0 + 1e-12);
    }

    [Theory]
    [InlineData("rnn_cell.cm", "")]
    [InlineData("rnn_cell.gleak", "")]
    [InlineData("rnn_cell.w", "rnn_cell.sparsity_mask")]
    [InlineData("rnn_cell.sensory_w", "rnn_cell.sensory_sparsity_mask")]
    public void A_negative_conductance_is_named(string key, string mask)
    {
        NetworkWeights weights = ReferenceVectors.Load(Golden.Json("ltc_fullyconnected_out3_explicit")).Weights;
        int place = mask.Length == 0 ? 3 : weights[mask].IndexOf(1.0);
        weights[key][place] = -1.0;

        Certificate certificate = Certificate.Of(weights, CertificateDomain.Uniform(4, -1.0, 1.0, 0.1, 1.0));

        Assert.All(certificate.States, bound => Assert.Contains($"'{key}', element {place}", bound.Reason, StringComparison.Ordinal));
        Assert.Null(certificate.StepGain.Value);
    }

    [Fact]
    public void Domains_that_do_not_fit_are_refused()
    {
        NetworkWeights ltc = ReferenceVectors.Load(Golden.Json("ltc_fullyconnected_8u")).Weights;

        Assert.Contains("divides", Refusal(CertificateDomain.Uniform(5, -1.0, 1.0, 0.0, 1.0)), StringComparison.Ordinal);
        Assert.Contains("expected 5", Refusal(CertificateDomain.Uniform(4, -1.0, 1.0, 0.1, 1.0)), StringComparison.Ordinal);
        Assert.Contains("rising", Refusal(CertificateDomain.Uniform(5, -1.0, 1.0, 1.0, 0.1)), StringComparison.Ordinal);
        Assert.Contains("finite", Refusal(CertificateDomain.Uniform(5, -1.0, 1.0, double.NaN, 0.1)), StringComparison.Ordinal);
        Assert.Contains("input 0", Refusal(CertificateDomain.Uniform(5, double.NegativeInfinity, 1.0, 0.1, 1.0)), StringComparison.Ordinal);

        string Refusal(CertificateDomain domain) => Assert.Throws<ArgumentException>(() => Certificate.Of(ltc, domain)).Message;
    }
}
