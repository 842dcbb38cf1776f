using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The new state of a block of neurons from the sums of their heads, which lie as
/// <see cref="PackedLayer{TSimd, TVector}.InBlocks"/> orders them: f1, f2, then the time heads a and b, or the one head that they make at a
/// constant timespan.
/// </summary>
internal abstract unsafe class CfcBlend : CellSolution
{
    /// <summary>Sums two blocks of neurons with two time heads, and makes their state, in one call.</summary>
    /// <param name="weights">Of the panel, of shape <see cref="PanelShape.Eight"/>.</param>
    /// <param name="z">What the heads read.</param>
    /// <param name="columns">How much of it.</param>
    /// <param name="timespan">Of the step.</param>
    /// <param name="sums">Working memory.</param>
    /// <param name="state">The new state of these neurons.</param>
    public abstract void SumAndApplyEight(float* weights, float* z, nint columns, float timespan, float* sums, float* state);

    /// <summary>The same with four neurons more, of shape <see cref="PanelShape.Ten"/>.</summary>
    public abstract void SumAndApplyTen(float* weights, float* z, nint columns, float timespan, float* sums, float* state);

    /// <summary>The blend of a cell with heads, on one path.</summary>
    public static CfcBlend Create<TSimd, TVector>(CfcMode mode, HeadActivation activation, bool isTimeConstant)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => (mode, activation) switch
        {
            (CfcMode.Default, HeadActivation.Tanh) => Create<TSimd, TVector, TanhHeads, Blended>(isTimeConstant),
            (CfcMode.Default, HeadActivation.LecunTanh) => Create<TSimd, TVector, LecunHeads, Blended>(isTimeConstant),
            (CfcMode.Default, HeadActivation.Identity) => Create<TSimd, TVector, IdentityHeads, Blended>(isTimeConstant),
            (CfcMode.NoGate, HeadActivation.Tanh) => Create<TSimd, TVector, TanhHeads, Added>(isTimeConstant),
            (CfcMode.NoGate, HeadActivation.LecunTanh) => Create<TSimd, TVector, LecunHeads, Added>(isTimeConstant),
            (CfcMode.NoGate, HeadActivation.Identity) => Create<TSimd, TVector, IdentityHeads, Added>(isTimeConstant),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "A cell with heads is in mode default or no_gate."),
        };

    private static CfcBlend Create<TSimd, TVector, THeads, TGate>(bool isTimeConstant)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
        where THeads : struct, IHeads
        where TGate : struct, IGate => isTimeConstant
        ? new CfcBlend<TSimd, TVector, THeads, TGate, OneTimeHead>()
        : new CfcBlend<TSimd, TVector, THeads, TGate, TwoTimeHeads>();
}

/// <summary>A variant of <see cref="CfcBlend"/>; the compiler makes straight code of each.</summary>
internal sealed unsafe class CfcBlend<TSimd, TVector, THeads, TGate, TTime> : CfcBlend
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
    where THeads : struct, IHeads
    where TGate : struct, IGate
    where TTime : struct, ITimeHeads
{
    public override void SumAndApply(CellPanel* panel, float* z, float timespan, float* sums, float* state)
    {
        panel->Sums.Apply<TSimd, TVector>(z, sums);
        sums += panel->FirstSum;
        TVector dt = TSimd.Create(timespan);
        float* end = sums + panel->Blocks * TTime.Heads * TSimd.Width;
        for (; sums < end; sums += TTime.Heads * TSimd.Width, state += TSimd.Width) ApplyBlock(sums, dt, state);
        if (panel->HasTail) ApplyTail(sums, timespan, state);
    }

    public override void ApplyToTile(float* sums, int neurons, float* timespan, float* state)
    {
        int head = neurons * BatchTile<TSimd, TVector>.Lanes;
        for (float* end = state + head; state < end;)
        {
            for (int lane = 0; lane < BatchTile<TSimd, TVector>.Lanes; lane += TSimd.Width)
            {
                TVector time = TTime.Sum<TSimd, TVector>(sums + 2 * head, head, TSimd.Load(timespan + lane));
                TSimd.Store(Blend(TSimd.Load(sums), TSimd.Load(sums + head), time), state);
                sums += TSimd.Width;
                state += TSimd.Width;
            }
        }
    }

    // The first block's sums stay in registers. All of them would push the constants of tanh out.
    public override void SumAndApplyEight(float* weights, float* z, nint columns, float timespan, float* sums, float* state)
    {
        PanelSum<TSimd, TVector>.Sum8(weights, z, columns, sums, out TVector f1, out TVector f2, out TVector a, out TVector b);
        TVector dt = TSimd.Create(timespan);
        TSimd.Store(Blend(f1, f2, TSimd.MultiplyAdd(a, dt, b)), state);
        ApplyBlock(sums + 4 * TSimd.Width, dt, state + TSimd.Width);
    }

    public override void SumAndApplyTen(float* weights, float* z, nint columns, float timespan, float* sums, float* state)
    {
        PanelSum<TSimd, TVector>.Sum10(weights, z, columns, sums, out TVector f1, out TVector f2, out TVector a, out TVector b);
        TVector dt = TSimd.Create(timespan);
        TSimd.Store(Blend(f1, f2, TSimd.MultiplyAdd(a, dt, b)), state);
        ApplyBlock(sums + 4 * TSimd.Width, dt, state + TSimd.Width);
        ApplyTail(sums + 8 * TSimd.Width, timespan, state + 2 * TSimd.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ApplyBlock(float* sums, TVector timespan, float* state)
    {
        TVector time = TTime.Sum<TSimd, TVector>(sums + 2 * TSimd.Width, TSimd.Width, timespan);
        TSimd.Store(Blend(TSimd.Load(sums), TSimd.Load(sums + TSimd.Width), time), state);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Blend(TVector sum1, TVector sum2, TVector time)
    {
        TVector f1 = THeads.Activate<TSimd, TVector>(sum1);
        TVector f2 = THeads.Activate<TSimd, TVector>(sum2);
        return TGate.Blend<TSimd, TVector>(f1, f2, FloatFunctions<TSimd, TVector>.SigmoidOfDouble(time));
    }

    /// <summary>Four neurons, both of whose heads fit one vector of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ApplyTail(float* sums, float timespan, float* state)
    {
        Vector256<float> f = THeads.Activate<Simd256, Vector256<float>>(Vector256.Load(sums));
        Vector128<float> t = TTime.Sum<Simd128, Vector128<float>>(sums + 8, 4, Vector128.Create(timespan));
        Vector128<float> gate = FloatFunctions<Simd256, Vector256<float>>.SigmoidOfDouble(t.ToVector256Unsafe()).GetLower();
        // A whole vector, so that whole vectors can be read back at once.
        TGate.Blend<Simd128, Vector128<float>>(f.GetLower(), f.GetUpper(), gate).ToVector256().Store(state);
    }
}
