using System.Numerics;

namespace LiquidControl.Training;

/// <summary>
/// y = W x + b inside the flat parameter array, W row-major [Outputs, Inputs], on rows of lanes.
/// </summary>
/// <param name="Weight">Offset of W.</param>
/// <param name="Bias">Offset of b; −1: there is none.</param>
/// <param name="Outputs">Rows of W.</param>
/// <param name="Inputs">Columns of W.</param>
internal readonly record struct LinearBlock(int Weight, int Bias, int Outputs, int Inputs)
{
    /// <summary>Says that a block has no bias.</summary>
    public const int None = -1;

    /// <summary>y = W x + b.</summary>
    public void Apply<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y) where T : struct, INumber<T>
    {
        if (Bias == None)
            y.Clear();
        else
            for (int row = 0; row < Outputs; row++)
                y.Slice(row * Lanes.Count, Lanes.Count).Fill(parameters[Bias + row]);
        AddProduct(parameters, x, y);
    }

    /// <summary>y += W x.</summary>
    public void AddProduct<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y) where T : struct, INumber<T> =>
        LaneMatrix.MultiplyAdd(parameters[Weight..], Inputs, 1, Outputs, Inputs, x, y);

    /// <summary>y += b.</summary>
    public void AddBias<T>(ReadOnlySpan<T> parameters, Span<T> y) where T : struct, INumber<T>
    {
        if (Bias == None)
            return;
        for (int row = 0; row < Outputs; row++)
            foreach (ref T value in y.Slice(row * Lanes.Count, Lanes.Count))
                value += parameters[Bias + row];
    }

    /// <summary>x += Wᵀ d, for as many inputs from <paramref name="first"/> on as x has rows.</summary>
    public void AddTransposed<T>(ReadOnlySpan<T> parameters, int first, ReadOnlySpan<T> d, Span<T> x) where T : struct, INumber<T> =>
        LaneMatrix.MultiplyAdd(parameters[(Weight + first)..], 1, Inputs, x.Length / Lanes.Count, Outputs, d, x);

    /// <summary>
    /// Adds the gradients of W and b over a segment, from those of y and from x; the strides lead from one step to the next.
    /// </summary>
    public void Accumulate<T>(ReadOnlySpan<T> d, int dStride, ReadOnlySpan<T> x, int xStride, int steps, GradientSum<T> gradient)
        where T : struct, INumber<T>
    {
        LaneMatrix.AccumulateGradient(d, dStride, Outputs, x, xStride, Inputs, steps, gradient.From(Weight));
        if (Bias != None)
            LaneMatrix.AccumulateSum(d, dStride, Outputs, steps, Bias, gradient);
    }
}
