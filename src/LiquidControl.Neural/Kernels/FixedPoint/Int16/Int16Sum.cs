using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>The sums of a layer, <see cref="Int16Layer"/>: blocks of rows, whose sums stay in registers.</summary>
internal static unsafe class Int16Sum<TSimd, TVector>
    where TSimd : struct, IInt16Simd<TVector>
    where TVector : unmanaged
{
    /// <param name="layer">The weights.</param>
    /// <param name="z">What the layer reads.</param>
    /// <param name="sums">One a row, and as many more as pad the rows.</param>
    public static void Apply(Int16Layer layer, short* z, int* sums)
    {
        short* weights = layer.Weights;
        int columns = 4 * (layer.FirstQuads + layer.SecondQuads);
        for (int row = 0; row < layer.PaddedRows;)
        {
            int block = layer.BlockAt(row);
            for (int within = 0; within < block;)
            {
                short* w = weights + 2 * within;
                int* bias = layer.Bias + row + within;
                int* destination = sums + row + within;
                int vectors = (block - within) / TSimd.Width;
                if (vectors >= 8) within += Sum8(layer, w, 2 * block, z, bias, destination);
                else if (vectors >= 4) within += Sum4(layer, w, 2 * block, z, bias, destination);
                else if (vectors >= 2) within += Sum2(layer, w, 2 * block, z, bias, destination);
                else within += Sum1(layer, w, 2 * block, z, bias, destination);
            }

            weights += (nint)block * columns;
            row += block;
        }
    }

    private static int Sum8(Int16Layer layer, short* w, nint stride, short* z, int* bias, int* sums)
    {
        TVector s0 = TSimd.Load(bias);
        TVector s1 = TSimd.Load(bias + TSimd.Width);
        TVector s2 = TSimd.Load(bias + 2 * TSimd.Width);
        TVector s3 = TSimd.Load(bias + 3 * TSimd.Width);
        TVector s4 = TSimd.Load(bias + 4 * TSimd.Width);
        TVector s5 = TSimd.Load(bias + 5 * TSimd.Width);
        TVector s6 = TSimd.Load(bias + 6 * TSimd.Width);
        TVector s7 = TSimd.Load(bias + 7 * TSimd.Width);
        short* end = z + 4 * layer.FirstQuads;
        short* last = end + 4 * layer.SecondQuads;
        TVector shift = TSimd.Count(layer.FirstShift);
        while (true)
        {
            for (; z < end; z += 4, w += 2 * stride)
            {
                short* v = w + stride;
                TVector first = TSimd.Pair(z);
                TVector second = TSimd.Pair(z + 2);
                s0 = AddQuad(s0, w, v, first, second, shift);
                s1 = AddQuad(s1, w + 2 * TSimd.Width, v + 2 * TSimd.Width, first, second, shift);
                s2 = AddQuad(s2, w + 4 * TSimd.Width, v + 4 * TSimd.Width, first, second, shift);
                s3 = AddQuad(s3, w + 6 * TSimd.Width, v + 6 * TSimd.Width, first, second, shift);
                s4 = AddQuad(s4, w + 8 * TSimd.Width, v + 8 * TSimd.Width, first, second, shift);
                s5 = AddQuad(s5, w + 10 * TSimd.Width, v + 10 * TSimd.Width, first, second, shift);
                s6 = AddQuad(s6, w + 12 * TSimd.Width, v + 12 * TSimd.Width, first, second, shift);
                s7 = AddQuad(s7, w + 14 * TSimd.Width, v + 14 * TSimd.Width, first, second, shift);
            }

            if (end == last) break;
            end = last;
            shift = TSimd.Count(layer.SecondShift);
        }

        TSimd.Store(s0, sums);
        TSimd.Store(s1, sums + TSimd.Width);
        TSimd.Store(s2, sums + 2 * TSimd.Width);
        TSimd.Store(s3, sums + 3 * TSimd.Width);
        TSimd.Store(s4, sums + 4 * TSimd.Width);
        TSimd.Store(s5, sums + 5 * TSimd.Width);
        TSimd.Store(s6, sums + 6 * TSimd.Width);
        TSimd.Store(s7, sums + 7 * TSimd.Width);
        return 8 * TSimd.Width;
    }

    private static int Sum4(Int16Layer layer, short* w, nint stride, short* z, int* bias, int* sums)
    {
        TVector s0 = TSimd.Load(bias);
        TVector s1 = TSimd.Load(bias + TSimd.Width);
        TVector s2 = TSimd.Load(bias + 2 * TSimd.Width);
        TVector s3 = TSimd.Load(bias + 3 * TSimd.Width);
        short* end = z + 4 * layer.FirstQuads;
        short* last = end + 4 * layer.SecondQuads;
        TVector shift = TSimd.Count(layer.FirstShift);
        while (true)
        {
            for (; z < end; z += 4, w += 2 * stride)
            {
                short* v = w + stride;
                TVector first = TSimd.Pair(z);
                TVector second = TSimd.Pair(z + 2);
                s0 = AddQuad(s0, w, v, first, second, shift);
                s1 = AddQuad(s1, w + 2 * TSimd.Width, v + 2 * TSimd.Width, first, second, shift);
                s2 = AddQuad(s2, w + 4 * TSimd.Width, v + 4 * TSimd.Width, first, second, shift);
                s3 = AddQuad(s3, w + 6 * TSimd.Width, v + 6 * TSimd.Width, first, second, shift);
            }

            if (end == last) break;
            end = last;
            shift = TSimd.Count(layer.SecondShift);
        }

        TSimd.Store(s0, sums);
        TSimd.Store(s1, sums + TSimd.Width);
        TSimd.Store(s2, sums + 2 * TSimd.Width);
        TSimd.Store(s3, sums + 3 * TSimd.Width);
        return 4 * TSimd.Width;
    }

    private static int Sum2(Int16Layer layer, short* w, nint stride, short* z, int* bias, int* sums)
    {
        TVector s0 = TSimd.Load(bias);
        TVector s1 = TSimd.Load(bias + TSimd.Width);
        short* end = z + 4 * layer.FirstQuads;
        short* last = end + 4 * layer.SecondQuads;
        TVector shift = TSimd.Count(layer.FirstShift);
        while (true)
        {
            for (; z < end; z += 4, w += 2 * stride)
            {
                short* v = w + stride;
                TVector first = TSimd.Pair(z);
                TVector second = TSimd.Pair(z + 2);
                s0 = AddQuad(s0, w, v, first, second, shift);
                s1 = AddQuad(s1, w + 2 * TSimd.Width, v + 2 * TSimd.Width, first, second, shift);
            }

            if (end == last) break;
            end = last;
            shift = TSimd.Count(layer.SecondShift);
        }

        TSimd.Store(s0, sums);
        TSimd.Store(s1, sums + TSimd.Width);
        return 2 * TSimd.Width;
    }

    private static int Sum1(Int16Layer layer, short* w, nint stride, short* z, int* bias, int* sums)
    {
        TVector sum = TSimd.Load(bias);
        short* end = z + 4 * layer.FirstQuads;
        short* last = end + 4 * layer.SecondQuads;
        TVector shift = TSimd.Count(layer.FirstShift);
        while (true)
        {
            for (; z < end; z += 4, w += 2 * stride)
            {
                sum = AddQuad(sum, w, w + stride, TSimd.Pair(z), TSimd.Pair(z + 2), shift);
            }

            if (end == last) break;
            end = last;
            shift = TSimd.Count(layer.SecondShift);
        }

        TSimd.Store(sum, sums);
        return TSimd.Width;
    }

    /// <summary>A sum and the products of two pairs, shifted down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddQuad(TVector sum, short* w, short* v, TVector first, TVector second, TVector shift) =>
        TSimd.Add(sum, TSimd.ShiftRightBy(TSimd.Add(TSimd.PairSum(w, first), TSimd.PairSum(v, second)), shift));
}
