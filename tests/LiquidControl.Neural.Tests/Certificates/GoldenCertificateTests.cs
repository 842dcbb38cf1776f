using LiquidControl.Neural.Certificates;
using Xunit;

namespace LiquidControl.Neural.Tests.Certificates;

public class GoldenCertificateTests
{
    public static TheoryData<string> Names => [.. Golden.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void Reference_sequences_that_start_from_zero_stay_within_the_bounds(string name)
    {
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json(name));
        int checkedSteps = 0;
        foreach (ReferenceSequence sequence in vectors.Sequences.Where(sequence => sequence.InitialState.All(value => value == 0.0)))
        {
            Interval[] box = [.. Enumerable.Range(0, vectors.Weights.Architecture.InputSize)
                .Select(i => new Interval(sequence.Inputs.Min(row => row[i]), sequence.Inputs.Max(row => row[i])))];
            double shortest = sequence.Timespans.Min();
            Certificate certificate = Certificate.Of(vectors.Weights, new()
            {
                Inputs = [.. box],
                TimespanMin = shortest,
                TimespanMax = sequence.Timespans.Max(),
            });
            for (int step = 0; step < sequence.Inputs.Length; step++, checkedSteps++)
            {
                AssertWithin(certificate.States, sequence.States[step]);
                AssertWithin(certificate.Outputs, sequence.Outputs[step]);
            }
        }

        Assert.True(checkedSteps > 0, "no sequence starts from zero");
    }

    private static void AssertWithin(IReadOnlyList<Bound> bounds, double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (bounds[i].Range is { } range) Assert.InRange(values[i], range.Lower - 1e-11, range.Upper + 1e-11);
        }
    }
}
