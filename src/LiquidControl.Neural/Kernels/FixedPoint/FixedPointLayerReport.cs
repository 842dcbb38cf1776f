using LiquidControl.Numerics;

namespace LiquidControl.Neural.Kernels;

/// <summary>What the range analysis found of one layer.</summary>
/// <param name="Tensor">The key of the layer's weights; of heads stacked in one layer the first's.</param>
/// <param name="Rows">Sums that the layer computes.</param>
/// <param name="LargestSum">The largest magnitude a sum can have, in the real numbers the layer stands for.</param>
/// <param name="Resolution">The coarsest step of a sum in the same numbers.</param>
/// <param name="AccumulatorBits">Bits of the accumulator that the largest sum can take, sign included.</param>
/// <param name="AvailableBits">Bits that the accumulator has.</param>
public sealed record FixedPointLayerReport(
    string Tensor, int Rows, double LargestSum, double Resolution, double AccumulatorBits, int AvailableBits)
{
    /// <summary>Bits that are left.</summary>
    public double Headroom => AvailableBits - AccumulatorBits;

    /// <summary>Bits of a signed number of this magnitude.</summary>
    internal static double Bits(double magnitude) => 1.0 + Elementary.Log(Math.Max(magnitude, 1.0)) / Elementary.Log(2.0);
}
