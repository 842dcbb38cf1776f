using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiquidControl.Training;

/// <summary>The products of backpropagation on rows of <see cref="Lanes.Count"/> lanes, blocked to keep their sums in registers.</summary>
internal static class LaneMatrix
{
    /// <summary>Steps summed in registers before the lanes are folded: enough to amortise the folding, few enough for the L2 cache.</summary>
    public const int StepsPerBlock = 32;

    /// <summary>
    /// y[r] += Σ_c w[r·rowStride + c·columnStride] x[c], ascending c, for <paramref name="rows"/> rows y and
    /// <paramref name="columns"/> rows x. Swapped strides give the product with the transpose.
    /// </summary>
    public static void MultiplyAdd<T>(
        ReadOnlySpan<T> w, int rowStride, int columnStride, int rows, int columns, ReadOnlySpan<T> x, Span<T> y)
        where T : struct, INumber<T>
    {
        ref T weight = ref Lanes.Origin(w, ((rows - 1) * rowStride) + ((columns - 1) * columnStride) + 1);
        ref T source = ref Lanes.Origin(x, columns * Lanes.Count);
        ref T sink = ref Lanes.Origin<T>(y, rows * Lanes.Count);
        int width = Vector256<T>.Count;
        for (int lane = 0; lane < Lanes.Count; lane += 2 * width)
        {
            ref T x0 = ref Unsafe.Add(ref source, lane);
            int row = 0;
            while (row < rows)
            {
                ref T w0 = ref Unsafe.Add(ref weight, row * rowStride);
                ref T y0 = ref Unsafe.Add(ref sink, (row * Lanes.Count) + lane);
                if (row + 4 <= rows)
                {
                    MultiplyAddFourRows(ref w0, rowStride, columnStride, columns, ref x0, ref y0);
                    row += 4;
                }
                else
                {
                    MultiplyAddRow(ref w0, columnStride, columns, ref x0, ref y0);
                    row++;
                }
            }
        }
    }

    /// <summary>
    /// gradient[r, c] += Σ_step Σ_lane d[step][r] z[step][c]: the weight gradient of a segment. Rows of a step are contiguous;
    /// the strides lead from one step to the next.
    /// </summary>
    public static void AccumulateGradient<T>(
        ReadOnlySpan<T> d, int dStride, int rows, ReadOnlySpan<T> z, int zStride, int columns, int steps, Span<T> gradient)
        where T : struct, INumber<T>
    {
        ref T delta = ref Lanes.Origin(d, ((steps - 1) * dStride) + (rows * Lanes.Count));
        ref T input = ref Lanes.Origin(z, ((steps - 1) * zStride) + (columns * Lanes.Count));
        Lanes.Origin<T>(gradient, rows * columns);
        for (int first = 0; first < steps; first += StepsPerBlock)
        {
            int count = Math.Min(StepsPerBlock, steps - first);
            ref T deltaBlock = ref Unsafe.Add(ref delta, first * dStride);
            ref T inputBlock = ref Unsafe.Add(ref input, first * zStride);
            for (int row = 0; row < rows; row += 4)
                for (int column = 0; column < columns; column += 2)
                {
                    ref T left = ref Unsafe.Add(ref deltaBlock, row * Lanes.Count);
                    ref T right = ref Unsafe.Add(ref inputBlock, column * Lanes.Count);
                    Span<T> tile = gradient[((row * columns) + column)..];
                    int tileRows = Math.Min(4, rows - row);
                    int tileColumns = Math.Min(2, columns - column);
                    if (tileRows == 4 && tileColumns == 2)
                        AccumulateTile(ref left, dStride, ref right, zStride, count, tile, columns);
                    else
                        AccumulateEdge(ref left, dStride, tileRows, ref right, zStride, tileColumns, count, tile, columns);
                }
        }
    }

    /// <summary>
    /// gradient[r] += Σ_step Σ_lane d[step][r], from the parameter <paramref name="first"/> on: the bias gradient of a segment.
    /// </summary>
    public static void AccumulateSum<T>(ReadOnlySpan<T> d, int dStride, int rows, int steps, int first, GradientSum<T> gradient)
        where T : struct, INumber<T>
    {
        ref T delta = ref Lanes.Origin(d, ((steps - 1) * dStride) + (rows * Lanes.Count));
        for (int row = 0; row < rows; row++)
        {
            Vector256<T> sum = gradient.Unfolded(first + row);
            for (int step = 0; step < steps; step++)
                for (int lane = 0; lane < Lanes.Count; lane += Vector256<T>.Count)
                    sum += Lanes.Load(ref delta, (step * dStride) + (row * Lanes.Count) + lane);
            gradient.Take(first + row, sum);
        }
    }

    private static void MultiplyAddFourRows<T>(ref T w, int rowStride, int columnStride, int columns, ref T x, ref T y) where T : struct
    {
        int width = Vector256<T>.Count;
        Vector256<T> y00 = Lanes.Load(ref y, 0), y01 = Lanes.Load(ref y, width);
        Vector256<T> y10 = Lanes.Load(ref y, Lanes.Count), y11 = Lanes.Load(ref y, Lanes.Count + width);
        Vector256<T> y20 = Lanes.Load(ref y, 2 * Lanes.Count), y21 = Lanes.Load(ref y, (2 * Lanes.Count) + width);
        Vector256<T> y30 = Lanes.Load(ref y, 3 * Lanes.Count), y31 = Lanes.Load(ref y, (3 * Lanes.Count) + width);
        ref T w1 = ref Unsafe.Add(ref w, rowStride);
        ref T w2 = ref Unsafe.Add(ref w, 2 * rowStride);
        ref T w3 = ref Unsafe.Add(ref w, 3 * rowStride);
        ref T source = ref x;
        int at = 0;
        for (int column = 0; column < columns; column++)
        {
            Vector256<T> x0 = Lanes.Load(ref source, 0), x1 = Lanes.Load(ref source, width);
            Vector256<T> weight = Lanes.Broadcast(ref w, at);
            y00 = Lanes.MultiplyAdd(weight, x0, y00);
            y01 = Lanes.MultiplyAdd(weight, x1, y01);
            weight = Lanes.Broadcast(ref w1, at);
            y10 = Lanes.MultiplyAdd(weight, x0, y10);
            y11 = Lanes.MultiplyAdd(weight, x1, y11);
            weight = Lanes.Broadcast(ref w2, at);
            y20 = Lanes.MultiplyAdd(weight, x0, y20);
            y21 = Lanes.MultiplyAdd(weight, x1, y21);
            weight = Lanes.Broadcast(ref w3, at);
            y30 = Lanes.MultiplyAdd(weight, x0, y30);
            y31 = Lanes.MultiplyAdd(weight, x1, y31);
            source = ref Unsafe.Add(ref source, Lanes.Count);
            at += columnStride;
        }

        Lanes.Store(y00, ref y, 0);
        Lanes.Store(y01, ref y, width);
        Lanes.Store(y10, ref y, Lanes.Count);
        Lanes.Store(y11, ref y, Lanes.Count + width);
        Lanes.Store(y20, ref y, 2 * Lanes.Count);
        Lanes.Store(y21, ref y, (2 * Lanes.Count) + width);
        Lanes.Store(y30, ref y, 3 * Lanes.Count);
        Lanes.Store(y31, ref y, (3 * Lanes.Count) + width);
    }

    private static void MultiplyAddRow<T>(ref T w, int columnStride, int columns, ref T x, ref T y) where T : struct
    {
        int width = Vector256<T>.Count;
        Vector256<T> y0 = Lanes.Load(ref y, 0), y1 = Lanes.Load(ref y, width);
        for (int column = 0; column < columns; column++)
        {
            Vector256<T> weight = Lanes.Broadcast(ref w, column * columnStride);
            y0 = Lanes.MultiplyAdd(weight, Lanes.Load(ref x, column * Lanes.Count), y0);
            y1 = Lanes.MultiplyAdd(weight, Lanes.Load(ref x, (column * Lanes.Count) + width), y1);
        }

        Lanes.Store(y0, ref y, 0);
        Lanes.Store(y1, ref y, width);
    }

    private static void AccumulateTile<T>(ref T d, int dStride, ref T z, int zStride, int steps, Span<T> gradient, int columns)
        where T : struct, INumber<T>
    {
        Vector256<T> g00 = Vector256<T>.Zero, g01 = g00, g10 = g00, g11 = g00, g20 = g00, g21 = g00, g30 = g00, g31 = g00;
        for (int step = 0; step < steps; step++)
        {
            ref T left = ref Unsafe.Add(ref d, step * dStride);
            ref T right = ref Unsafe.Add(ref z, step * zStride);
            for (int lane = 0; lane < Lanes.Count; lane += Vector256<T>.Count)
            {
                Vector256<T> z0 = Lanes.Load(ref right, lane), z1 = Lanes.Load(ref right, Lanes.Count + lane);
                Vector256<T> row = Lanes.Load(ref left, lane);
                g00 = Lanes.MultiplyAdd(row, z0, g00);
                g01 = Lanes.MultiplyAdd(row, z1, g01);
                row = Lanes.Load(ref left, Lanes.Count + lane);
                g10 = Lanes.MultiplyAdd(row, z0, g10);
                g11 = Lanes.MultiplyAdd(row, z1, g11);
                row = Lanes.Load(ref left, (2 * Lanes.Count) + lane);
                g20 = Lanes.MultiplyAdd(row, z0, g20);
                g21 = Lanes.MultiplyAdd(row, z1, g21);
                row = Lanes.Load(ref left, (3 * Lanes.Count) + lane);
                g30 = Lanes.MultiplyAdd(row, z0, g30);
                g31 = Lanes.MultiplyAdd(row, z1, g31);
            }
        }

        gradient[0] += Lanes.Sum(g00);
        gradient[1] += Lanes.Sum(g01);
        gradient[columns] += Lanes.Sum(g10);
        gradient[columns + 1] += Lanes.Sum(g11);
        gradient[2 * columns] += Lanes.Sum(g20);
        gradient[(2 * columns) + 1] += Lanes.Sum(g21);
        gradient[3 * columns] += Lanes.Sum(g30);
        gradient[(3 * columns) + 1] += Lanes.Sum(g31);
    }

    private static void AccumulateEdge<T>(
        ref T d, int dStride, int rows, ref T z, int zStride, int zRows, int steps, Span<T> gradient, int columns)
        where T : struct, INumber<T>
    {
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < zRows; column++)
            {
                Vector256<T> sum = Vector256<T>.Zero;
                for (int step = 0; step < steps; step++)
                    for (int lane = 0; lane < Lanes.Count; lane += Vector256<T>.Count)
                        sum = Lanes.MultiplyAdd(
                            Lanes.Load(ref d, (step * dStride) + (row * Lanes.Count) + lane),
                            Lanes.Load(ref z, (step * zStride) + (column * Lanes.Count) + lane),
                            sum);
                gradient[(row * columns) + column] += Lanes.Sum(sum);
            }
    }
}
