namespace LiquidControl.Neural.Kernels;

/// <summary>The linear layer from state to outputs for a tile of robots, in the order of <see cref="PackedReadout{TSimd, TVector}"/>.</summary>
internal sealed unsafe class BatchReadout<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int Chains = 8;

    private readonly AlignedBuffer<float> _weights;
    private readonly AlignedBuffer<float> _biases;
    private readonly int _outputs;
    private readonly int _padded;

    public BatchReadout(LinearRows rows)
    {
        _outputs = rows.Rows;
        _padded = (rows.Columns + Chains - 1) / Chains * Chains;
        _weights = new AlignedBuffer<float>(_outputs * _padded);
        _biases = new AlignedBuffer<float>(_outputs);
        for (int row = 0; row < _outputs; row++)
        {
            _biases.Span[row] = (float)(rows.Bias(row) + 0.0);
            for (int column = 0; column < rows.Columns; column++) _weights.Span[row * _padded + column] = (float)rows.Weight(row, column);
        }
    }

    /// <param name="z">The states; what lies beyond them up to a multiple of eight must be finite.</param>
    /// <param name="y">The outputs.</param>
    public void Apply(float* z, float* y)
    {
        int lanes = BatchLayer<TSimd, TVector>.Lanes;
        for (int output = 0; output < _outputs; output++)
        {
            float* w = _weights.Pointer + output * _padded;
            for (int lane = 0; lane < lanes; lane += TSimd.Width, y += TSimd.Width)
                TSimd.Store(TSimd.Add(Sum(w, z + lane, lanes), TSimd.Create(_biases.Pointer[output])), y);
        }
    }

    private TVector Sum(float* w, float* z, nint lanes)
    {
        TVector s0 = TSimd.Create(0f), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (float* end = w + _padded; w < end; w += Chains, z += Chains * lanes)
        {
            s0 = TSimd.MultiplyAdd(TSimd.Create(w[0]), TSimd.Load(z), s0);
            s1 = TSimd.MultiplyAdd(TSimd.Create(w[1]), TSimd.Load(z + lanes), s1);
            s2 = TSimd.MultiplyAdd(TSimd.Create(w[2]), TSimd.Load(z + 2 * lanes), s2);
            s3 = TSimd.MultiplyAdd(TSimd.Create(w[3]), TSimd.Load(z + 3 * lanes), s3);
            s4 = TSimd.MultiplyAdd(TSimd.Create(w[4]), TSimd.Load(z + 4 * lanes), s4);
            s5 = TSimd.MultiplyAdd(TSimd.Create(w[5]), TSimd.Load(z + 5 * lanes), s5);
            s6 = TSimd.MultiplyAdd(TSimd.Create(w[6]), TSimd.Load(z + 6 * lanes), s6);
            s7 = TSimd.MultiplyAdd(TSimd.Create(w[7]), TSimd.Load(z + 7 * lanes), s7);
        }

        TVector low = TSimd.Add(TSimd.Add(s0, s1), TSimd.Add(s2, s3)), high = TSimd.Add(TSimd.Add(s4, s5), TSimd.Add(s6, s7));
        return TSimd.Add(low, high);
    }
}
