namespace LiquidControl.Neural.Kernels;

/// <summary>Mode pure: A - A exp(-dt (|w_tau| + |u|)) u.</summary>
internal sealed unsafe class PureSolution<TSimd, TVector> : CellSolution
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly AlignedBuffer<float> _timeConstant;
    private readonly AlignedBuffer<float> _amplitude;

    public PureSolution(ReadOnlySpan<double> timeConstant, ReadOnlySpan<double> amplitude)
    {
        int padded = (timeConstant.Length + TSimd.Width - 1) / TSimd.Width * TSimd.Width;
        _timeConstant = new AlignedBuffer<float>(padded);
        _amplitude = new AlignedBuffer<float>(padded);
        for (int i = 0; i < timeConstant.Length; i++)
        {
            _timeConstant.Span[i] = float.Abs((float)timeConstant[i]);
            _amplitude.Span[i] = (float)amplitude[i];
        }
    }

    public override void Apply(float* sums, nint first, nint blocks, bool hasTail, float timespan, float* state)
    {
        TVector minusDt = TSimd.Create(-timespan);
        float* w = _timeConstant.Pointer + first;
        float* a = _amplitude.Pointer + first;
        for (nint i = 0; i < blocks * TSimd.Width; i += TSimd.Width)
        {
            TVector head = TSimd.Load(sums + i);
            TVector amplitude = TSimd.Load(a + i);
            TVector rate = TSimd.Add(TSimd.Load(w + i), TSimd.Abs(head));
            TVector decay = FloatFunctions<TSimd, TVector>.ExpOfNegative(TSimd.Multiply(minusDt, rate));
            TSimd.Store(TSimd.MultiplyAdd(TSimd.Multiply(TSimd.Subtract(TSimd.Create(0f), amplitude), decay), head, amplitude), state + i);
        }
    }
}
