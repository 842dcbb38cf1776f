using LiquidControl.Neural.Explanation;
using LiquidControl.Neural.Kernels;
using Xunit;

namespace LiquidControl.Neural.Tests.Kernels;

/// <summary>Networks as they are used, with the usual ranges: the inputs' of ±8, and nothing calibrated.</summary>
public class FixedPointSizeTests
{
    [Theory]
    [InlineData(19, 8, 0, 5)]
    [InlineData(64, 16, 64, 4)]
    [InlineData(256, 32, 128, 1)]
    public void Random_networks_stay_within_the_bounds(int units, int inputs, int backbone, int networks)
    {
        CfcArchitecture architecture = new()
        {
            InputSize = inputs, Units = units, ProjectionSize = 4,
            BackboneLayers = backbone > 0 ? 1 : 0, BackboneUnits = Math.Max(backbone, 1),
        };
        for (ulong seed = 1; seed <= (ulong)networks; seed++)
        {
            NetworkWeights weights = FixedPointNetworks.Draw(architecture, seed);
            Check(weights, KernelPrecision.Fixed16, 2e-4, seed);
            Check(weights, KernelPrecision.Fixed32, 2e-7, seed);
        }
    }

    private static void Check(NetworkWeights weights, KernelPrecision precision, double bound, ulong seed)
    {
        FixedPointKernel kernel = FixedPointKernel.Compile(weights, precision);
        Recording recording = FixedPointNetworks.Record(weights.Architecture, 150, seed + 50);
        FixedPointComparison comparison = FixedPointComparison.Of(weights, kernel, [recording]);
        Assert.InRange(comparison.StateError, 1e-9, bound);
        Assert.All(comparison.Outputs, error => Assert.InRange(error.OneStep, 1e-9, bound));
        Assert.All(comparison.Outputs, error => Assert.InRange(error.FreeRunning, 1e-9, bound));
    }
}
