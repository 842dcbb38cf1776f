using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The sums y = b + W z of a panel: some vectors of outputs, whose weights lie row after row, one row for each element of z, after the row of
/// biases. Written out for each number of vectors, so that the sums stay in registers and enough of them run side by side to hide the latency
/// of a multiply-add.
/// </summary>
/// <remarks>
/// An output's sum starts at its bias and takes the elements of z in their order. A narrow layer has too few sums side by side, so its sums
/// are split: element k goes to chain k modulo 2 or 4, and the chains are joined as a + b, or (a + b) + (c + d).
/// </remarks>
internal static unsafe class PanelSum<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <param name="shape">Of the panel.</param>
    /// <param name="w">The panel's weights.</param>
    /// <param name="z">What the layer reads.</param>
    /// <param name="rows">Its length, at least 1.</param>
    /// <param name="y">The outputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply(PanelShape shape, float* w, float* z, nint rows, float* y)
    {
        // Direct calls: one through a pointer costs more, as the runtime must look what kind of pointer it is.
        switch (shape)
        {
            case PanelShape.Eight: Sum8(w, z, rows, y); break;
            case PanelShape.Ten: Sum10(w, z, rows, y); break;
            case PanelShape.Six: Sum6(w, z, rows, y); break;
            case PanelShape.Twelve: Sum12(w, z, rows, y); break;
            case PanelShape.FourInTwoChains: Sum4InTwo(w, z, rows, y); break;
            case PanelShape.TwoInTwoChains: Sum2InTwo(w, z, rows, y); break;
            case PanelShape.TwoInFourChains: Sum2InFour(w, z, rows, y); break;
        }
    }

    private static void Sum6(float* w, float* z, nint rows, float* y)
    {
        TVector s0 = TSimd.Load(w), s1 = TSimd.Load(w + TSimd.Width);
        TVector s2 = TSimd.Load(w + 2 * TSimd.Width), s3 = TSimd.Load(w + 3 * TSimd.Width);
        TVector s4 = TSimd.Load(w + 4 * TSimd.Width), s5 = TSimd.Load(w + 5 * TSimd.Width);
        w += 6 * TSimd.Width;
        float* end = z + rows;
        for (; z + 4 <= end; z += 4)
        {
            TVector x = TSimd.Create(z[0]);
            Add4(w, 0, x, ref s0, ref s1, ref s2, ref s3);
            Add2(w, 4, x, ref s4, ref s5);
            x = TSimd.Create(z[1]);
            Add4(w, 6, x, ref s0, ref s1, ref s2, ref s3);
            Add2(w, 10, x, ref s4, ref s5);
            x = TSimd.Create(z[2]);
            Add4(w, 12, x, ref s0, ref s1, ref s2, ref s3);
            Add2(w, 16, x, ref s4, ref s5);
            x = TSimd.Create(z[3]);
            Add4(w, 18, x, ref s0, ref s1, ref s2, ref s3);
            Add2(w, 22, x, ref s4, ref s5);
            w += 24 * TSimd.Width;
        }

        for (; z < end; z++)
        {
            TVector x = TSimd.Create(*z);
            Add4(w, 0, x, ref s0, ref s1, ref s2, ref s3);
            Add2(w, 4, x, ref s4, ref s5);
            w += 6 * TSimd.Width;
        }

        Store4(y, s0, s1, s2, s3);
        Store2(y + 4 * TSimd.Width, s4, s5);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Sum8(float* w, float* z, nint rows, float* y)
    {
        Sum8(w, z, rows, y, out TVector s0, out TVector s1, out TVector s2, out TVector s3);
        Store4(y, s0, s1, s2, s3);
    }

    /// <summary>A panel of eight vectors, whose first four sums stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum8(
        float* w, float* z, nint rows, float* y, out TVector s0, out TVector s1, out TVector s2, out TVector s3)
    {
        s0 = TSimd.Load(w);
        s1 = TSimd.Load(w + TSimd.Width);
        s2 = TSimd.Load(w + 2 * TSimd.Width);
        s3 = TSimd.Load(w + 3 * TSimd.Width);
        TVector s4 = TSimd.Load(w + 4 * TSimd.Width), s5 = TSimd.Load(w + 5 * TSimd.Width);
        TVector s6 = TSimd.Load(w + 6 * TSimd.Width), s7 = TSimd.Load(w + 7 * TSimd.Width);
        w += 8 * TSimd.Width;
        float* end = z + rows;
        for (; z + 4 <= end; z += 4)
        {
            TVector x = TSimd.Create(z[0]);
            Add4(w, 0, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 4, x, ref s4, ref s5, ref s6, ref s7);
            x = TSimd.Create(z[1]);
            Add4(w, 8, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 12, x, ref s4, ref s5, ref s6, ref s7);
            x = TSimd.Create(z[2]);
            Add4(w, 16, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 20, x, ref s4, ref s5, ref s6, ref s7);
            x = TSimd.Create(z[3]);
            Add4(w, 24, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 28, x, ref s4, ref s5, ref s6, ref s7);
            w += 32 * TSimd.Width;
        }

        for (; z < end; z++)
        {
            TVector x = TSimd.Create(*z);
            Add4(w, 0, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 4, x, ref s4, ref s5, ref s6, ref s7);
            w += 8 * TSimd.Width;
        }

        Store4(y + 4 * TSimd.Width, s4, s5, s6, s7);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Sum10(float* w, float* z, nint rows, float* y)
    {
        Sum10(w, z, rows, y, out TVector s0, out TVector s1, out TVector s2, out TVector s3);
        Store4(y, s0, s1, s2, s3);
    }

    /// <summary>A panel of ten vectors, whose first four sums stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum10(
        float* w, float* z, nint rows, float* y, out TVector s0, out TVector s1, out TVector s2, out TVector s3)
    {
        s0 = TSimd.Load(w);
        s1 = TSimd.Load(w + TSimd.Width);
        s2 = TSimd.Load(w + 2 * TSimd.Width);
        s3 = TSimd.Load(w + 3 * TSimd.Width);
        TVector s4 = TSimd.Load(w + 4 * TSimd.Width), s5 = TSimd.Load(w + 5 * TSimd.Width);
        TVector s6 = TSimd.Load(w + 6 * TSimd.Width), s7 = TSimd.Load(w + 7 * TSimd.Width);
        TVector s8 = TSimd.Load(w + 8 * TSimd.Width), s9 = TSimd.Load(w + 9 * TSimd.Width);
        w += 10 * TSimd.Width;
        float* end = z + rows;
        for (; z + 4 <= end; z += 4)
        {
            TVector x = TSimd.Create(z[0]);
            Add4(w, 0, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 4, x, ref s4, ref s5, ref s6, ref s7);
            Add2(w, 8, x, ref s8, ref s9);
            x = TSimd.Create(z[1]);
            Add4(w, 10, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 14, x, ref s4, ref s5, ref s6, ref s7);
            Add2(w, 18, x, ref s8, ref s9);
            x = TSimd.Create(z[2]);
            Add4(w, 20, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 24, x, ref s4, ref s5, ref s6, ref s7);
            Add2(w, 28, x, ref s8, ref s9);
            x = TSimd.Create(z[3]);
            Add4(w, 30, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 34, x, ref s4, ref s5, ref s6, ref s7);
            Add2(w, 38, x, ref s8, ref s9);
            w += 40 * TSimd.Width;
        }

        for (; z < end; z++)
        {
            TVector x = TSimd.Create(*z);
            Add4(w, 0, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 4, x, ref s4, ref s5, ref s6, ref s7);
            Add2(w, 8, x, ref s8, ref s9);
            w += 10 * TSimd.Width;
        }

        Store4(y + 4 * TSimd.Width, s4, s5, s6, s7);
        Store2(y + 8 * TSimd.Width, s8, s9);
    }

    private static void Sum12(float* w, float* z, nint rows, float* y)
    {
        TVector s0 = TSimd.Load(w), s1 = TSimd.Load(w + TSimd.Width);
        TVector s2 = TSimd.Load(w + 2 * TSimd.Width), s3 = TSimd.Load(w + 3 * TSimd.Width);
        TVector s4 = TSimd.Load(w + 4 * TSimd.Width), s5 = TSimd.Load(w + 5 * TSimd.Width);
        TVector s6 = TSimd.Load(w + 6 * TSimd.Width), s7 = TSimd.Load(w + 7 * TSimd.Width);
        TVector s8 = TSimd.Load(w + 8 * TSimd.Width), s9 = TSimd.Load(w + 9 * TSimd.Width);
        TVector s10 = TSimd.Load(w + 10 * TSimd.Width), s11 = TSimd.Load(w + 11 * TSimd.Width);
        w += 12 * TSimd.Width;
        float* end = z + rows;
        for (; z + 4 <= end; z += 4)
        {
            TVector x = TSimd.Create(z[0]);
            Add4(w, 0, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 4, x, ref s4, ref s5, ref s6, ref s7);
            Add4(w, 8, x, ref s8, ref s9, ref s10, ref s11);
            x = TSimd.Create(z[1]);
            Add4(w, 12, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 16, x, ref s4, ref s5, ref s6, ref s7);
            Add4(w, 20, x, ref s8, ref s9, ref s10, ref s11);
            x = TSimd.Create(z[2]);
            Add4(w, 24, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 28, x, ref s4, ref s5, ref s6, ref s7);
            Add4(w, 32, x, ref s8, ref s9, ref s10, ref s11);
            x = TSimd.Create(z[3]);
            Add4(w, 36, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 40, x, ref s4, ref s5, ref s6, ref s7);
            Add4(w, 44, x, ref s8, ref s9, ref s10, ref s11);
            w += 48 * TSimd.Width;
        }

        for (; z < end; z++)
        {
            TVector x = TSimd.Create(*z);
            Add4(w, 0, x, ref s0, ref s1, ref s2, ref s3);
            Add4(w, 4, x, ref s4, ref s5, ref s6, ref s7);
            Add4(w, 8, x, ref s8, ref s9, ref s10, ref s11);
            w += 12 * TSimd.Width;
        }

        Store4(y, s0, s1, s2, s3);
        Store4(y + 4 * TSimd.Width, s4, s5, s6, s7);
        Store4(y + 8 * TSimd.Width, s8, s9, s10, s11);
    }

    private static void Sum2InTwo(float* w, float* z, nint rows, float* y)
    {
        TVector a0 = TSimd.Load(w), a1 = TSimd.Load(w + TSimd.Width);
        TVector b0 = TSimd.Create(0f), b1 = b0;
        w += 2 * TSimd.Width;
        float* end = z + rows;
        for (; z + 2 <= end; z += 2)
        {
            TVector x = TSimd.Create(z[0]);
            Add2(w, 0, x, ref a0, ref a1);
            x = TSimd.Create(z[1]);
            Add2(w, 2, x, ref b0, ref b1);
            w += 4 * TSimd.Width;
        }

        if (z < end)
        {
            TVector x = TSimd.Create(*z++);
            Add2(w, 0, x, ref a0, ref a1);
            w += 2 * TSimd.Width;
        }

        TSimd.Store(TSimd.Add(a0, b0), y);
        TSimd.Store(TSimd.Add(a1, b1), y + TSimd.Width);
    }

    private static void Sum4InTwo(float* w, float* z, nint rows, float* y)
    {
        TVector a0 = TSimd.Load(w), a1 = TSimd.Load(w + TSimd.Width);
        TVector a2 = TSimd.Load(w + 2 * TSimd.Width), a3 = TSimd.Load(w + 3 * TSimd.Width);
        TVector b0 = TSimd.Create(0f), b1 = b0;
        TVector b2 = TSimd.Create(0f), b3 = b2;
        w += 4 * TSimd.Width;
        float* end = z + rows;
        for (; z + 2 <= end; z += 2)
        {
            TVector x = TSimd.Create(z[0]);
            Add4(w, 0, x, ref a0, ref a1, ref a2, ref a3);
            x = TSimd.Create(z[1]);
            Add4(w, 4, x, ref b0, ref b1, ref b2, ref b3);
            w += 8 * TSimd.Width;
        }

        if (z < end)
        {
            TVector x = TSimd.Create(*z++);
            Add4(w, 0, x, ref a0, ref a1, ref a2, ref a3);
            w += 4 * TSimd.Width;
        }

        TSimd.Store(TSimd.Add(a0, b0), y);
        TSimd.Store(TSimd.Add(a1, b1), y + TSimd.Width);
        TSimd.Store(TSimd.Add(a2, b2), y + 2 * TSimd.Width);
        TSimd.Store(TSimd.Add(a3, b3), y + 3 * TSimd.Width);
    }

    private static void Sum2InFour(float* w, float* z, nint rows, float* y)
    {
        TVector a0 = TSimd.Load(w), a1 = TSimd.Load(w + TSimd.Width);
        TVector b0 = TSimd.Create(0f), b1 = b0;
        TVector c0 = TSimd.Create(0f), c1 = c0;
        TVector d0 = TSimd.Create(0f), d1 = d0;
        w += 2 * TSimd.Width;
        float* end = z + rows;
        for (; z + 4 <= end; z += 4)
        {
            TVector x = TSimd.Create(z[0]);
            Add2(w, 0, x, ref a0, ref a1);
            x = TSimd.Create(z[1]);
            Add2(w, 2, x, ref b0, ref b1);
            x = TSimd.Create(z[2]);
            Add2(w, 4, x, ref c0, ref c1);
            x = TSimd.Create(z[3]);
            Add2(w, 6, x, ref d0, ref d1);
            w += 8 * TSimd.Width;
        }

        if (z < end)
        {
            TVector x = TSimd.Create(*z++);
            Add2(w, 0, x, ref a0, ref a1);
            w += 2 * TSimd.Width;
        }

        if (z < end)
        {
            TVector x = TSimd.Create(*z++);
            Add2(w, 0, x, ref b0, ref b1);
            w += 2 * TSimd.Width;
        }

        if (z < end)
        {
            TVector x = TSimd.Create(*z++);
            Add2(w, 0, x, ref c0, ref c1);
            w += 2 * TSimd.Width;
        }

        TSimd.Store(TSimd.Add(TSimd.Add(a0, b0), TSimd.Add(c0, d0)), y);
        TSimd.Store(TSimd.Add(TSimd.Add(a1, b1), TSimd.Add(c1, d1)), y + TSimd.Width);
    }

    /// <summary>Adds a row's product with <paramref name="x"/> to sums, from a vector of <paramref name="w"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add4(float* w, int vector, TVector x, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
    {
        s0 = TSimd.MultiplyAdd(TSimd.Load(w + vector * TSimd.Width), x, s0);
        s1 = TSimd.MultiplyAdd(TSimd.Load(w + (vector + 1) * TSimd.Width), x, s1);
        s2 = TSimd.MultiplyAdd(TSimd.Load(w + (vector + 2) * TSimd.Width), x, s2);
        s3 = TSimd.MultiplyAdd(TSimd.Load(w + (vector + 3) * TSimd.Width), x, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add2(float* w, int vector, TVector x, ref TVector s0, ref TVector s1)
    {
        s0 = TSimd.MultiplyAdd(TSimd.Load(w + vector * TSimd.Width), x, s0);
        s1 = TSimd.MultiplyAdd(TSimd.Load(w + (vector + 1) * TSimd.Width), x, s1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store4(float* y, TVector s0, TVector s1, TVector s2, TVector s3)
    {
        Store2(y, s0, s1);
        Store2(y + 2 * TSimd.Width, s2, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store2(float* y, TVector s0, TVector s1)
    {
        TSimd.Store(s0, y);
        TSimd.Store(s1, y + TSimd.Width);
    }
}
