using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LiquidControl.Neural.Kernels;

/// <summary>The sums of a layer, <see cref="Int32Layer"/>: exact, so that every order of adding gives the same.</summary>
internal static unsafe class Int32Sum
{
    /// <param name="path">One that is supported here.</param>
    /// <param name="layer">The weights.</param>
    /// <param name="z">What the layer reads.</param>
    /// <param name="sums">One a row, and as many more as pad the rows.</param>
    public static void Apply(KernelPath path, Int32Layer layer, int* z, long* sums)
    {
        for (int row = 0; row < layer.PaddedRows; row += Int32Layer.Block)
        {
            int* w = layer.Weights + (nint)row * layer.Columns;
            switch (path)
            {
                case KernelPath.Scalar: Apply(w, z, layer.Columns, layer.Bias + row, sums + row); break;
                case KernelPath.Vector128 when AdvSimd.IsSupported: ApplyNeon(w, z, layer.Columns, layer.Bias + row, sums + row); break;
                case KernelPath.Vector128: Apply128(w, z, layer.Columns, layer.Bias + row, sums + row); break;
                default: Apply256(w, z, layer.Columns, layer.Bias + row, sums + row); break;
            }
        }
    }

    private static void Apply(int* w, int* z, int columns, long* bias, long* sums)
    {
        for (int row = 0; row < Int32Layer.Block; row++)
        {
            long sum = bias[row];
            for (int column = 0; column < columns; column++) sum += (long)w[column * Int32Layer.Block + row] * z[column];
            sums[row] = sum;
        }
    }

    private static void Apply256(int* w, int* z, int columns, long* bias, long* sums)
    {
        Vector256<long> even = Vector256<long>.Zero;
        Vector256<long> odd = Vector256<long>.Zero;
        for (int column = 0; column < columns; column++, w += Int32Layer.Block)
        {
            Vector256<int> x = Vector256.Create(z[column]);
            Vector256<int> weights = Vector256.Load(w);
            even += Avx2.Multiply(weights, x);
            odd += Avx2.Multiply((weights.AsInt64() >>> 32).AsInt32(), x);
        }

        Vector256<long> first = Avx2.UnpackLow(even, odd);
        Vector256<long> second = Avx2.UnpackHigh(even, odd);
        (Vector256.Load(bias) + Avx2.Permute2x128(first, second, 0x20)).Store(sums);
        (Vector256.Load(bias + 4) + Avx2.Permute2x128(first, second, 0x31)).Store(sums + 4);
    }

    private static void Apply128(int* w, int* z, int columns, long* bias, long* sums)
    {
        for (int half = 0; half < Int32Layer.Block; half += 4)
        {
            int* weight = w + half;
            Vector128<long> even = Vector128<long>.Zero;
            Vector128<long> odd = Vector128<long>.Zero;
            for (int column = 0; column < columns; column++, weight += Int32Layer.Block)
            {
                Vector128<int> x = Vector128.Create(z[column]);
                Vector128<int> weights = Vector128.Load(weight);
                even += Sse41.Multiply(weights, x);
                odd += Sse41.Multiply((weights.AsInt64() >>> 32).AsInt32(), x);
            }

            (Vector128.Load(bias + half) + Sse2.UnpackLow(even, odd)).Store(sums + half);
            (Vector128.Load(bias + half + 2) + Sse2.UnpackHigh(even, odd)).Store(sums + half + 2);
        }
    }

    private static void ApplyNeon(int* w, int* z, int columns, long* bias, long* sums)
    {
        for (int half = 0; half < Int32Layer.Block; half += 4)
        {
            int* weight = w + half;
            Vector128<long> lower = Vector128.Load(bias + half);
            Vector128<long> upper = Vector128.Load(bias + half + 2);
            for (int column = 0; column < columns; column++, weight += Int32Layer.Block)
            {
                Vector128<int> x = Vector128.Create(z[column]);
                Vector128<int> weights = Vector128.Load(weight);
                lower = AdvSimd.MultiplyWideningLowerAndAdd(lower, weights.GetLower(), x.GetLower());
                upper = AdvSimd.MultiplyWideningUpperAndAdd(upper, weights, x);
            }

            lower.Store(sums + half);
            upper.Store(sums + half + 2);
        }
    }
}
