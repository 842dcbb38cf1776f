using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The linear layer from state to outputs. Outputs are few, so here the state runs across the vector: four outputs at a time, each the sum of
/// eight chains, element k in chain k modulo 8, joined in pairs: ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)), then the bias.
/// </summary>
internal sealed unsafe class PackedReadout
{
    private const int Outputs = 4;
    private const int Chains = 8;

    private readonly AlignedBuffer<float> _weights;
    private readonly AlignedBuffer<float> _biases;
    private readonly int _blocks;
    private readonly int _groups;
    private readonly KernelPath _path;

    public PackedReadout(LinearRows rows, KernelPath path)
    {
        _path = path;
        _groups = (rows.Rows + Outputs - 1) / Outputs;
        _blocks = (rows.Columns + Chains - 1) / Chains;
        _weights = new AlignedBuffer<float>(_groups * _blocks * Outputs * Chains);
        _biases = new AlignedBuffer<float>(OutputLength);
        for (int row = 0; row < rows.Rows; row++)
        {
            _biases.Span[row] = (float)(rows.Bias(row) + 0.0);
            for (int column = 0; column < rows.Columns; column++)
            {
                int block = row / Outputs * _blocks + column / Chains;
                _weights.Span[(block * Outputs + row % Outputs) * Chains + column % Chains] = (float)rows.Weight(row, column);
            }
        }
    }

    /// <summary>Numbers that <see cref="Apply"/> writes.</summary>
    public int OutputLength => _groups * Outputs;

    /// <summary>y = W z + b; z is read in whole blocks of eight, and what lies beyond its end must be finite.</summary>
    public void Apply(float* z, float* y)
    {
        float* w = _weights.Pointer;
        float* bias = _biases.Pointer;
        for (int group = 0; group < _groups; group++, y += Outputs, bias += Outputs)
        {
            w = _path switch
            {
                KernelPath.Vector256 => Sum256(w, z, _blocks, bias, y),
                KernelPath.Vector128 => Sum128(w, z, _blocks, bias, y),
                _ => SumScalar(w, z, _blocks, bias, y),
            };
        }
    }

    private static float* Sum256(float* w, float* z, int blocks, float* bias, float* y)
    {
        Vector256<float> s0 = Vector256<float>.Zero, s1 = s0, s2 = s0, s3 = s0;
        for (float* end = z + blocks * Chains; z < end; z += Chains, w += Outputs * Chains)
        {
            Vector256<float> x = Vector256.Load(z);
            s0 = Vector256.FusedMultiplyAdd(Vector256.Load(w), x, s0);
            s1 = Vector256.FusedMultiplyAdd(Vector256.Load(w + Chains), x, s1);
            s2 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 2 * Chains), x, s2);
            s3 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 3 * Chains), x, s3);
        }

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

    private static float* Sum128(float* w, float* z, int blocks, float* bias, float* y)
    {
        Vector128<float> l0 = Vector128<float>.Zero, l1 = l0, l2 = l0, l3 = l0, h0 = l0, h1 = l0, h2 = l0, h3 = l0;
        for (float* end = z + blocks * Chains; z < end; z += Chains, w += Outputs * Chains)
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

    private static float* SumScalar(float* w, float* z, int blocks, float* bias, float* y)
    {
        float* s = stackalloc float[Chains];
        for (int output = 0; output < Outputs; output++)
        {
            new Span<float>(s, Chains).Clear();
            for (int block = 0; block < blocks; block++)
            {
                float* row = w + (block * Outputs + output) * Chains;
                for (int chain = 0; chain < Chains; chain++)
                    s[chain] = float.FusedMultiplyAdd(row[chain], z[block * Chains + chain], s[chain]);
            }

            y[output] = (s[0] + s[1] + (s[2] + s[3])) + (s[4] + s[5] + (s[6] + s[7])) + bias[output];
        }

        return w + blocks * Outputs * Chains;
    }

    /// <summary>[a0 + a1, a2 + a3, b0 + b1, b2 + b3].</summary>
    private static Vector128<float> AddPairs(Vector128<float> a, Vector128<float> b)
    {
        if (Sse3.IsSupported) return Sse3.HorizontalAdd(a, b);
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.AddPairwise(a, b);
        return Vector128.Create(a[0] + a[1], a[2] + a[3], b[0] + b[1], b[2] + b[3]);
    }
}
