using System.Collections.Immutable;
using System.Globalization;
using LiquidControl.Neural.Explanation;
using LiquidControl.Neural.Kernels;
using Xunit;

namespace LiquidControl.Neural.Tests.Kernels;

/// <summary>Fixed-point kernels over the reference library's sequences, beside the network in double; timespans up to 1.</summary>
public class FixedPointGoldenTests
{
    private const double Bound16 = 2e-4;
    private const double Bound32 = 3e-7;

    /// <summary>
    /// Two gelu layers, whose ranges no weight bounds, before heads that add up to 2: a step of the state is twice, and one of the
    /// activations several times, that of the others.
    /// </summary>
    private static readonly Dictionary<string, double> Exceptions16 = new() { ["cfc_nogate_b2_gelu"] = 4e-4 };

    public static TheoryData<string, KernelPrecision> Cfcs
    {
        get
        {
            TheoryData<string, KernelPrecision> data = [];
            foreach (string name in Golden.All.Where(name => name.StartsWith("cfc", StringComparison.Ordinal)))
            {
                foreach (KernelPrecision precision in FixedPointNetworks.Precisions) data.Add(name, precision);
            }

            return data;
        }
    }

    public static TheoryData<string> Ltcs => [.. Golden.All.Where(name => name.StartsWith("ltc", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Cfcs))]
    public void A_step_is_within_the_bound_of_the_network_in_double(string name, KernelPrecision precision)
    {
        double bound = precision == KernelPrecision.Fixed32 ? Bound32 : Exceptions16.GetValueOrDefault(name, Bound16);
        FixedPointComparison comparison = Compare(name, precision, recording => true);
        double output = comparison.Outputs.Max(error => error.OneStep);
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture,
            $"{name} {precision}: outputs {output:E2}, states {comparison.StateError:E2}"));
        Assert.InRange(comparison.ShortSteps, 40, comparison.Steps - 1);
        Assert.InRange(output, 1e-9, bound);
        Assert.InRange(comparison.StateError, 1e-9, bound);
    }

    [Theory]
    [MemberData(nameof(Cfcs))]
    public void A_run_stays_within_the_bound_of_the_network_in_double(string name, KernelPrecision precision)
    {
        double bound = precision == KernelPrecision.Fixed32 ? Bound32 : 1.5 * Exceptions16.GetValueOrDefault(name, Bound16);
        FixedPointComparison comparison = Compare(name, precision, recording => recording.Timespans.Max() <= 1.0);
        Assert.InRange(comparison.Steps, 40, 100);
        Assert.InRange(comparison.Outputs.Max(error => error.FreeRunning), 1e-9, bound);
    }

    [Theory]
    [MemberData(nameof(Ltcs))]
    public void An_LTC_is_refused_with_the_remedy(string name)
    {
        NetworkWeights weights = ReferenceVectors.Load(Golden.Json(name)).Weights;
        ModelFormatException error = Assert.Throws<ModelFormatException>(() => FixedPointKernel.Compile(weights, KernelPrecision.Fixed16));
        Assert.Contains("tensor 'rnn_cell.", error.Message);
        Assert.Contains("LTC", error.Message);
        Assert.Contains("float", error.Message);
    }

    private static FixedPointComparison Compare(string name, KernelPrecision precision, Func<Recording, bool> selects)
    {
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json(name));
        ImmutableArray<Recording> recordings = [.. vectors.Sequences.Select(sequence => Recording.Of(sequence, name))];
        FixedPointRanges ranges = FixedPointRangeSearch.Of(vectors.Weights, recordings);
        FixedPointKernel kernel = FixedPointKernel.Compile(vectors.Weights, precision, ranges);
        return FixedPointComparison.Of(vectors.Weights, kernel, [.. recordings.Where(selects)]);
    }
}
