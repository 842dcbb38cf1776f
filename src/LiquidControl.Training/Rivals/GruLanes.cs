using System.Numerics;
using System.Runtime.Intrinsics;

namespace LiquidControl.Training.Rivals;

/// <summary>
/// The elementwise part of a GRU step and its derivative. What the two linear maps gave stands in three blocks of units × lanes each; after
/// <see cref="Forward{T}"/> the first holds reset gate, update gate and candidate, and after <see cref="Backward{T}"/> both hold their loss
/// gradients.
/// </summary>
internal static class GruLanes
{
    public static void Forward<T>(Span<T> fromInput, ReadOnlySpan<T> fromState, ReadOnlySpan<T> state, Span<T> newState)
        where T : struct, INumber<T>
    {
        int block = state.Length;
        ref T left = ref Lanes.Origin<T>(fromInput, 3 * block);
        ref T right = ref Lanes.Origin(fromState, 3 * block);
        ref T old = ref Lanes.Origin(state, block);
        ref T next = ref Lanes.Origin<T>(newState, block);
        for (int i = 0; i < block; i += Vector256<T>.Count)
        {
            int update = block + i, candidate = (2 * block) + i;
            Vector256<T> r = LaneFunctions.Sigmoid(Lanes.Load(ref left, i) + Lanes.Load(ref right, i));
            Vector256<T> z = LaneFunctions.Sigmoid(Lanes.Load(ref left, update) + Lanes.Load(ref right, update));
            Vector256<T> n = LaneFunctions.Tanh(Lanes.MultiplyAdd(r, Lanes.Load(ref right, candidate), Lanes.Load(ref left, candidate)));
            Lanes.Store(r, ref left, i);
            Lanes.Store(z, ref left, update);
            Lanes.Store(n, ref left, candidate);
            Lanes.Store(Lanes.MultiplyAdd(z, Lanes.Load(ref old, i) - n, n), ref next, i);
        }
    }

    /// <summary>Writes too what reaches the old state past the linear map.</summary>
    public static void Backward<T>(
        Span<T> fromInput, Span<T> fromState, ReadOnlySpan<T> state, ReadOnlySpan<T> newStateGradient, Span<T> stateGradient)
        where T : struct, INumber<T>
    {
        int block = state.Length;
        ref T left = ref Lanes.Origin<T>(fromInput, 3 * block);
        ref T right = ref Lanes.Origin<T>(fromState, 3 * block);
        ref T old = ref Lanes.Origin(state, block);
        ref T dNext = ref Lanes.Origin(newStateGradient, block);
        ref T dOld = ref Lanes.Origin<T>(stateGradient, block);
        Vector256<T> one = Vector256<T>.One;
        for (int i = 0; i < block; i += Vector256<T>.Count)
        {
            int update = block + i, candidate = (2 * block) + i;
            Vector256<T> r = Lanes.Load(ref left, i), z = Lanes.Load(ref left, update), n = Lanes.Load(ref left, candidate);
            Vector256<T> d = Lanes.Load(ref dNext, i);
            Vector256<T> dn = d * (one - z) * (one - (n * n));
            Vector256<T> dz = d * (Lanes.Load(ref old, i) - n) * z * (one - z);
            Vector256<T> dr = dn * Lanes.Load(ref right, candidate) * r * (one - r);
            Lanes.Store(dr, ref left, i);
            Lanes.Store(dz, ref left, update);
            Lanes.Store(dn, ref left, candidate);
            Lanes.Store(dr, ref right, i);
            Lanes.Store(dz, ref right, update);
            Lanes.Store(dn * r, ref right, candidate);
            Lanes.Store(d * z, ref dOld, i);
        }
    }
}
