using System.Globalization;
using LiquidControl.Neural.Certificates;
using Xunit;

namespace LiquidControl.Neural.Tests.Certificates;

public class CertificateAttackTests
{
    /// <summary>A million in all: this many for each network, and a quarter of it for each CfC over long timespans.</summary>
    private const long EvaluationsEach = 40_000;

    public static TheoryData<string, double> Cases()
    {
        TheoryData<string, double> cases = [];
        foreach (string name in Golden.All)
        {
            cases.Add(name, 1.0);
            if (!name.StartsWith("ltc", StringComparison.Ordinal)) cases.Add(name, 100.0);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_bound_breaks(string name, double longest)
    {
        NetworkWeights weights = ReferenceVectors.Load(Golden.Json(name)).Weights;
        foreach (Precision precision in Enum.GetValues<Precision>())
        {
            CertificateDomain domain = CertificateDomain.Uniform(weights.Architecture.InputSize, -1.0, 1.0, 0.001, longest, precision);
            Certificate certificate = Certificate.Of(weights, domain);
            long evaluations = longest > 1.0 ? EvaluationsEach / 8 : EvaluationsEach / 2;
            AttackReport report = CertificateAttack.Run(weights, certificate, evaluations, seed: 41);

            Assert.True(report.Violations.IsEmpty, $"{name}, {precision}, seed 41: {string.Join("; ", report.Violations)}");
            Assert.InRange(report.Evaluations, evaluations, evaluations + 500);
            Assert.All(certificate.States, bound => Assert.True(bound.Range is not null, bound.Reason));
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_report()
    {
        NetworkWeights weights = ReferenceVectors.Load(Golden.Json("cfc_pure_b0")).Weights;
        Certificate certificate = Certificate.Of(weights, CertificateDomain.Uniform(3, -1.0, 1.0, 0.01, 1.0));

        AttackReport first = CertificateAttack.Run(weights, certificate, 3000, seed: 5);
        AttackReport second = CertificateAttack.Run(weights, certificate, 3000, seed: 5);

        Assert.Equal(first.States, second.States);
        Assert.Equal(
            first.TotalGain.ToString("R", CultureInfo.InvariantCulture), second.TotalGain.ToString("R", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Bounds_that_are_too_narrow_by_two_percent_are_found_out()
    {
        int proofsBroken = 0;
        foreach (string name in Golden.All)
        {
            NetworkWeights weights = ReferenceVectors.Load(Golden.Json(name)).Weights;
            CertificateDomain domain = CertificateDomain.Uniform(weights.Architecture.InputSize, -1.0, 1.0, 0.1, 1.0);
            Certificate certificate = Certificate.Of(weights, domain);
            AttackReport reached = CertificateAttack.Run(weights, certificate, 3000, seed: 2);
            // What one search reached, less two percent, another one must break; what is proved is mostly wider.
            Certificate wrong = certificate with
            {
                States = [.. reached.States.Select(range => new Bound(range, ""))],
                Outputs = [.. reached.Outputs.Select(range => new Bound(range, ""))],
            };
            Assert.NotEmpty(CertificateAttack.Run(weights, Narrowed(wrong, 0.98), 6000, seed: 3).Violations);
            if (!CertificateAttack.Run(weights, Narrowed(certificate, 0.98), 3000, seed: 3).Violations.IsEmpty) proofsBroken++;
        }

        Assert.InRange(proofsBroken, 1, Golden.All.Length);
    }

    [Fact]
    public void A_sensitivity_that_is_too_small_is_found_out()
    {
        NetworkWeights weights = ReferenceVectors.Load(Golden.Json("cfc_pure_b0")).Weights;
        Certificate certificate = Certificate.Of(weights, CertificateDomain.Uniform(3, -1.0, 1.0, 0.01, 1.0));
        AttackReport reached = CertificateAttack.Run(weights, certificate, 20_000, seed: 5);
        Assert.InRange(reached.StepGain / certificate.StepGain.Value!.Value, 0.5, 1.0);

        Certificate wrong = certificate with { StepGain = new(0.98 * reached.StepGain, ""), TotalGain = new(0.5 * reached.TotalGain, "") };
        Assert.Equal(2, CertificateAttack.Run(weights, wrong, 20_000, seed: 6).Violations.Length);
    }

    private static Certificate Narrowed(Certificate certificate, double factor)
    {
        return certificate with { States = [.. certificate.States.Select(Narrow)], Outputs = [.. certificate.Outputs.Select(Narrow)] };

        Bound Narrow(Bound bound)
        {
            Interval range = bound.Range!.Value;
            double middle = 0.5 * (range.Lower + range.Upper);
            double half = 0.5 * factor * (range.Upper - range.Lower);
            return bound with { Range = new(middle - half, middle + half) };
        }
    }
}
