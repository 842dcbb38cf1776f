using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The linear layer from state to outputs. Outputs are few, so here the state runs across the vector: four outputs at a time, each the sum of
/// eight chains, element k in chain k modulo 8, joined in pairs: ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)), then the bias.
/// </summary>
internal sealed unsafe class PackedReadout<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Of a sum.</summary>
    public const int Chains = 8;

    private const int Outputs = 4;

    private readonly AlignedBuffer<float> _weights;
    private readonly AlignedBuffer<float> _biases;
    private readonly float* _firstWeight;
    private readonly float* _firstBias;
    private readonly nint _inputLength;
    private readonly nint _outputLength;

    public PackedReadout(LinearRows rows)
    {
        int groups = (rows.Rows + Outputs - 1) / Outputs;
        _outputLength = groups * Outputs;
        int blocks = (rows.Columns + Chains - 1) / Chains;
        _weights = new AlignedBuffer<float>(groups * blocks * Outputs * Chains);
        _biases = new AlignedBuffer<float>(OutputLength);
        _firstWeight = _weights.Pointer;
        _firstBias = _biases.Pointer;
        _inputLength = blocks * Chains;
        for (int row = 0; row < rows.Rows; row++)
        {
            _biases.Span[row] = (float)(rows.Bias(row) + 0.0);
            for (int column = 0; column < rows.Columns; column++)
            {
                int block = row / Outputs * blocks + column / Chains;
                _weights.Span[(block * Outputs + row % Outputs) * Chains + column % Chains] = (float)rows.Weight(row, column);
            }
        }
    }

    /// <summary>Numbers that <see cref="Apply"/> writes.</summary>
    public int OutputLength => (int)_outputLength;

    /// <summary>y = W z + b; z is read in whole blocks of eight, and what lies beyond its end must be finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(float* z, float* y)
    {
        float* w = _firstWeight;
        float* bias = _firstBias;
        float* end = y + _outputLength;
        do
        {
            // Known to the compiler: it keeps one of the three.
            if (TSimd.Width == 8) w = Sum256(w, z, _inputLength, bias, y);
            else if (TSimd.Width == 4) w = Sum128(w, z, _inputLength, bias, y);
            else w = SumScalar(w, z, _inputLength, bias, y);
            y += Outputs;
            bias += Outputs;
        }
        while (y < end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Sum256(float* w, float* z, nint length, float* bias, float* y)
    {
        Vector256<float> s0 = Vector256<float>.Zero, s1 = s0, s2 = s0, s3 = s0;
        float* end = z + length;
        do
        {
            Vector256<float> x = Vector256.Load(z);
            s0 = Vector256.FusedMultiplyAdd(Vector256.Load(w), x, s0);
            s1 = Vector256.FusedMultiplyAdd(Vector256.Load(w + Chains), x, s1);
            s2 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 2 * Chains), x, s2);
            s3 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 3 * Chains), x, s3);
            z += Chains;
            w += Outputs * Chains;
        }
        while (z < end);

        Vector128<float> low, high;
        if (Avx.IsSupported)
        {
            // Adds neighbours within each half, so two of them join the four chains of a half.
            Vector256<float> sums = Avx.HorizontalAdd(Avx.HorizontalAdd(s0, s1), Avx.HorizontalAdd(s2, s3));
            low = sums.GetLower();
            high = sums.GetUpper();
        }
        else
        {
            low = AddPairs(AddPairs(s0.GetLower(), s1.GetLower()), AddPairs(s2.GetLower(), s3.GetLower()));
            high = AddPairs(AddPairs(s0.GetUpper(), s1.GetUpper()), AddPairs(s2.GetUpper(), s3.GetUpper()));
        }

        (low + high + Vector128.Load(bias)).Store(y);
        return w;
    }

    private static float* Sum128(float* w, float* z, nint length, float* bias, float* y)
    {
        Vector128<float> l0 = Vector128<float>.Zero, l1 = l0, l2 = l0, l3 = l0, h0 = l0, h1 = l0, h2 = l0, h3 = l0;
        for (float* end = z + length; z < end; z += Chains, w += Outputs * Chains)
        {
            Vector128<float> x = Vector128.Load(z);
            l0 = Vector128.FusedMultiplyAdd(Vector128.Load(w), x, l0);
            l1 = Vector128.FusedMultiplyAdd(Vector128.Load(w + Chains), x, l1);
            l2 = Vector128.FusedMultiplyAdd(Vector128.Load(w + 2 * Chains), x, l2);
            l3 = Vector128.FusedMultiplyAdd(Vector128.Load(w + 3 * Chains), x, l3);
            x = Vector128.Load(z + 4);
            h0 = Vector128.FusedMultiplyAdd(Vector128.Load(w + 4), x, h0);
            h1 = Vector128.FusedMultiplyAdd(Vector128.Load(w + Chains + 4), x, h1);
            h2 = Vector128.FusedMultiplyAdd(Vector128.Load(w + 2 * Chains + 4), x, h2);
            h3 = Vector128.FusedMultiplyAdd(Vector128.Load(w + 3 * Chains + 4), x, h3);
        }

        Vector128<float> low = AddPairs(AddPairs(l0, l1), AddPairs(l2, l3));
        Vector128<float> high = AddPairs(AddPairs(h0, h1), AddPairs(h2, h3));
        (low + high + Vector128.Load(bias)).Store(y);
        return w;
    }

    private static float* SumScalar(float* w, float* z, nint length, float* bias, float* y)
    {
        float* s = stackalloc float[Chains];
        for (int output = 0; output < Outputs; output++)
        {
            new Span<float>(s, Chains).Clear();
            for (nint first = 0; first < length; first += Chains)
            {
                float* row = w + first * Outputs + output * Chains;
                for (int chain = 0; chain < Chains; chain++)
                    s[chain] = float.FusedMultiplyAdd(row[chain], z[first + chain], s[chain]);
            }

            y[output] = (s[0] + s[1] + (s[2] + s[3])) + (s[4] + s[5] + (s[6] + s[7])) + bias[output];
        }

        return w + length * Outputs;
    }

    /// <summary>[a0 + a1, a2 + a3, b0 + b1, b2 + b3].</summary>
    private static Vector128<float> AddPairs(Vector128<float> a, Vector128<float> b)
    {
        if (Sse3.IsSupported) return Sse3.HorizontalAdd(a, b);
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.AddPairwise(a, b);
        return Vector128.Create(a[0] + a[1], a[2] + a[3], b[0] + b[1], b[2] + b[3]);
    }
}
