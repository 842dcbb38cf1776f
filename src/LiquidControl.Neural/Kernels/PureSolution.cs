using System.Runtime.CompilerServices;

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

    public override void SumAndApply(CellPanel* panel, float* z, float timespan, float* sums, float* state)
    {
        panel->Sums.Apply<TSimd, TVector>(z, sums);
        sums += panel->FirstSum;
        TVector minusDt = TSimd.Create(-timespan);
        float* w = _timeConstant.Pointer + panel->First;
        float* a = _amplitude.Pointer + panel->First;
        for (nint i = 0; i < panel->Blocks * TSimd.Width; i += TSimd.Width)
            TSimd.Store(State(TSimd.Load(sums + i), minusDt, TSimd.Load(w + i), TSimd.Load(a + i)), state + i);
    }

    public override void ApplyToTile(float* sums, int neurons, float* timespan, float* state)
    {
        for (int neuron = 0; neuron < neurons; neuron++)
        {
            TVector w = TSimd.Create(_timeConstant.Pointer[neuron]), a = TSimd.Create(_amplitude.Pointer[neuron]);
            for (int lane = 0; lane < BatchTile<TSimd, TVector>.Lanes; lane += TSimd.Width)
            {
                TVector minusDt = TSimd.Subtract(TSimd.Create(0f), TSimd.Load(timespan + lane));
                TSimd.Store(State(TSimd.Load(sums), minusDt, w, a), state);
                sums += TSimd.Width;
                state += TSimd.Width;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector State(TVector head, TVector minusDt, TVector timeConstant, TVector amplitude)
    {
        TVector rate = TSimd.Add(timeConstant, TSimd.Abs(head));
        TVector decay = FloatFunctions<TSimd, TVector>.ExpOfNegative(TSimd.Multiply(minusDt, rate));
        return TSimd.MultiplyAdd(TSimd.Multiply(TSimd.Subtract(TSimd.Create(0f), amplitude), decay), head, amplitude);
    }
}
