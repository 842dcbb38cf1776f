using LiquidControl.Neural.Certificates;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests.Certificates;

public class SingleStepTests
{
    public static TheoryData<CfcMode, Activation, HeadActivation, int> Shapes()
    {
        TheoryData<CfcMode, Activation, HeadActivation, int> shapes = [];
        foreach (CfcMode mode in Enum.GetValues<CfcMode>())
        {
            foreach (Activation activation in Enum.GetValues<Activation>())
            {
                foreach (int layers in (int[])[0, 1, 2]) shapes.Add(mode, activation, HeadActivation.Tanh, layers);
            }

            shapes.Add(mode, Activation.Tanh, HeadActivation.LecunTanh, 1);
            shapes.Add(mode, Activation.Gelu, HeadActivation.Identity, 1);
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Steps_of_random_small_networks_stay_within_what_is_proved(CfcMode mode, Activation activation, HeadActivation heads, int layers)
    {
        RandomStream random = new(77);
        for (int trial = 0; trial < 30; trial++)
        {
            NetworkWeights weights = new(new CfcArchitecture
            {
                InputSize = 2,
                Units = 3,
                Mode = mode,
                Activation = activation,
                HeadActivation = heads,
                BackboneLayers = layers,
                BackboneUnits = 4,
                ProjectionSize = 2,
            });
            double scale = Elementary.Exp(random.Uniform(-2.0, 2.0));
            for (int i = 0; i < weights.Parameters.Length; i++) weights.Parameters[i] = scale * random.Normal();
            double shortest = random.NextInt(3) == 0 ? 0.0 : random.Uniform(0.0, 1.0);
            foreach (Precision precision in Enum.GetValues<Precision>())
            {
                // A box of almost no width leaves no room that could hide an error of a few roundings.
                double middle = random.Uniform(-3.0, 3.0), half = trial % 2 == 0 ? 1e-12 : random.Uniform(0.0, 3.0);
                Certificate certificate = Certificate.Of(weights, CertificateDomain.Uniform(
                    2, middle - half, middle + half, shortest, shortest + random.Uniform(0.0, 2.0), precision));
                AttackReport report = CertificateAttack.Run(weights, certificate, 300, (ulong)trial);
                Assert.True(report.Violations.IsEmpty, $"seed 77, trial {trial}, {precision}: {string.Join("; ", report.Violations)}");
                if (certificate.States.All(bound => bound.Range is not null)) AssertStepsStay(weights, certificate, random, trial);
            }
        }
    }

    /// <summary>From anywhere within the proved states, not only from where runs come by.</summary>
    private static void AssertStepsStay(NetworkWeights weights, Certificate certificate, RandomStream random, int trial)
    {
        Network<double> network = Network<double>.Create(weights);
        if (certificate.Domain.Precision != Precision.Binary64) return;
        double[] output = new double[network.OutputSize], scratch = new double[network.ScratchLength];
        for (int sample = 0; sample < 50; sample++)
        {
            double[] input = [.. certificate.Domain.Inputs.Select(range => Member(range, random))];
            double[] state = [.. certificate.States.Select(bound => Member(bound.Range!.Value, random))];
            double timespan = Member(new(certificate.Domain.TimespanMin, certificate.Domain.TimespanMax), random);
            Assert.Equal(StepResult.Ok, network.Step(input, timespan, state, output, scratch));
            for (int i = 0; i < output.Length; i++)
            {
                Assert.True(certificate.Outputs[i].Range!.Value.Contains(output[i]), $"seed 77, trial {trial}: output {i} is {output[i]:R}");
            }
        }
    }

    private static double Member(Interval range, RandomStream random) => random.NextInt(3) switch
    {
        0 => range.Lower,
        1 => range.Upper,
        _ => Math.Clamp(random.Uniform(range.Lower, range.Upper), range.Lower, range.Upper),
    };
}
