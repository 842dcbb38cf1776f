using System.Globalization;
using LiquidControl.Neural.Kernels;
using Xunit;

namespace LiquidControl.Neural.Tests.Kernels;

public class KernelGoldenTests
{
    public static TheoryData<string, KernelPath> AllOnEveryPath
    {
        get
        {
            TheoryData<string, KernelPath> data = [];
            foreach (string name in Golden.All)
            {
                foreach (KernelPath path in Enum.GetValues<KernelPath>()) data.Add(name, path);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(AllOnEveryPath))]
    public void Every_network_runs_as_in_the_reference_library(string name, KernelPath path)
    {
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json(name));
        ReferenceVerification verification = vectors.Verify(NetworkKernel.Compile(vectors.Weights, new KernelOptions { Path = path }));
        Assert.Equal(3, verification.Sequences.Length);
        foreach (SequenceError sequence in verification.Sequences)
        {
            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture,
                $"{name} {path} {sequence.Name}: outputs {sequence.OutputError:E2}, states {sequence.StateError:E2}"));
        }

        Assert.True(verification.Passed, $"{verification}");
    }
}
