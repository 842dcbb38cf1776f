using System.Numerics;
using System.Runtime.Intrinsics;
using LiquidControl.Neural;

namespace LiquidControl.Training.Cells;

/// <summary>
/// The elementwise part of a CfC step and its derivative (formulas: <see cref="Cfc{T}"/>). The heads of one step are blocks of units ×
/// lanes: on entry what the linear heads gave, after <see cref="Forward{T}"/> what the derivative needs, after <see cref="Backward{T}"/> the
/// loss gradient of each block's bias (in pure mode: of ff1's bias, of w_tau, of A). Time constants are w_tau and A, one after the other
/// [2 × units], in pure mode and empty otherwise.
/// </summary>
internal static class CfcLanes
{
    /// <summary>Blocks of units per step: ff1, ff2, time_a, time_b, or in pure mode ff1, w_tau, A.</summary>
    public static int Blocks(CfcMode mode) => mode == CfcMode.Pure ? 3 : 4;

    /// <summary>From the linear heads to the new state [units × lanes].</summary>
    public static void Forward<T>(
        CfcMode mode, HeadActivation activation, Span<T> heads, ReadOnlySpan<T> timespans, ReadOnlySpan<T> timeConstant, Span<T> state)
        where T : struct, INumber<T>
    {
        int block = state.Length;
        ref T head = ref Lanes.Origin<T>(heads, Blocks(mode) * block);
        ref T elapsed = ref Lanes.Origin(timespans, Lanes.Count);
        ref T next = ref Lanes.Origin<T>(state, block);
        for (int i = 0; i < block; i += Vector256<T>.Count)
        {
            Vector256<T> dt = Lanes.Load(ref elapsed, i % Lanes.Count);
            Vector256<T> first = Lanes.Load(ref head, i);
            if (mode == CfcMode.Pure)
            {
                int unit = i / Lanes.Count;
                Vector256<T> rate = Vector256.Create(T.Abs(timeConstant[unit])) + Vector256.Abs(first);
                Vector256<T> decay = LaneFunctions.Exp(-dt * rate);
                Lanes.Store(decay, ref head, block + i);
                Vector256<T> amplitude = Vector256.Create(timeConstant[(block / Lanes.Count) + unit]);
                Lanes.Store(amplitude * (Vector256<T>.One - (decay * first)), ref next, i);
                continue;
            }

            Vector256<T> f1 = HeadLanes.Apply(activation, first);
            Vector256<T> f2 = HeadLanes.Apply(activation, Lanes.Load(ref head, block + i));
            Vector256<T> timeA = Lanes.Load(ref head, (2 * block) + i), timeB = Lanes.Load(ref head, (3 * block) + i);
            Vector256<T> gate = LaneFunctions.Sigmoid(Lanes.MultiplyAdd(timeA, dt, timeB));
            Lanes.Store(f1, ref head, i);
            Lanes.Store(f2, ref head, block + i);
            Lanes.Store(gate, ref head, (2 * block) + i);
            Lanes.Store(Lanes.MultiplyAdd(gate, mode == CfcMode.NoGate ? f2 : f2 - f1, f1), ref next, i);
        }
    }

    /// <summary>From the loss gradient of the new state [units × lanes] to those of the linear heads.</summary>
    public static void Backward<T>(
        CfcMode mode, HeadActivation activation, Span<T> heads, ReadOnlySpan<T> timespans, ReadOnlySpan<T> timeConstant,
        ReadOnlySpan<T> stateGradient)
        where T : struct, INumber<T>
    {
        int block = stateGradient.Length;
        ref T head = ref Lanes.Origin<T>(heads, Blocks(mode) * block);
        ref T elapsed = ref Lanes.Origin(timespans, Lanes.Count);
        ref T gradient = ref Lanes.Origin(stateGradient, block);
        Vector256<T> one = Vector256<T>.One;
        for (int i = 0; i < block; i += Vector256<T>.Count)
        {
            Vector256<T> dt = Lanes.Load(ref elapsed, i % Lanes.Count);
            Vector256<T> dh = Lanes.Load(ref gradient, i);
            if (mode == CfcMode.Pure)
            {
                int unit = i / Lanes.Count;
                Vector256<T> u = Lanes.Load(ref head, i), decay = Lanes.Load(ref head, block + i);
                T w = timeConstant[unit];
                Vector256<T> outer = Vector256.Create(timeConstant[(block / Lanes.Count) + unit]) * dh * decay;
                Lanes.Store(outer * ((dt * Vector256.Abs(u)) - one), ref head, i);
                Lanes.Store(outer * u * dt * Vector256.Create(w > T.Zero ? T.One : w < T.Zero ? -T.One : w), ref head, block + i);
                Lanes.Store(dh * (one - (decay * u)), ref head, (2 * block) + i);
                continue;
            }

            Vector256<T> f1 = Lanes.Load(ref head, i), f2 = Lanes.Load(ref head, block + i), gate = Lanes.Load(ref head, (2 * block) + i);
            bool gated = mode == CfcMode.Default;
            Vector256<T> df1 = gated ? dh * (one - gate) : dh;
            Vector256<T> sum = dh * (gated ? f2 - f1 : f2) * gate * (one - gate);
            Lanes.Store(df1 * HeadLanes.Slope(activation, f1), ref head, i);
            Lanes.Store(dh * gate * HeadLanes.Slope(activation, f2), ref head, block + i);
            Lanes.Store(sum * dt, ref head, (2 * block) + i);
            Lanes.Store(sum, ref head, (3 * block) + i);
        }
    }
}
