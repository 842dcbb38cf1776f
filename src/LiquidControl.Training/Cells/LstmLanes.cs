using System.Numerics;
using System.Runtime.Intrinsics;

namespace LiquidControl.Training.Cells;

/// <summary>
/// The elementwise part of an LSTM step and its derivative. The gates are four blocks of units × lanes: on entry what the linear maps gave,
/// after <see cref="Forward{T}"/> the gates themselves, after <see cref="Backward{T}"/> the loss gradient of what the linear maps gave.
/// </summary>
internal static class LstmLanes
{
    public static void Forward<T>(LstmGates order, Span<T> gates, ReadOnlySpan<T> cells, Span<T> newCells, Span<T> squashed, Span<T> output)
        where T : struct, INumber<T>
    {
        int block = cells.Length;
        ref T gate = ref Lanes.Origin<T>(gates, 4 * block);
        ref T cell = ref Lanes.Origin(cells, block);
        ref T next = ref Lanes.Origin<T>(newCells, block);
        ref T squash = ref Lanes.Origin<T>(squashed, block);
        ref T h = ref Lanes.Origin<T>(output, block);
        Vector256<T> forgetBias = Lanes.Constant<T>(order.ForgetBias);
        for (int i = 0; i < block; i += Vector256<T>.Count)
        {
            Vector256<T> candidate = LaneFunctions.Tanh(Lanes.Load(ref gate, (order.Candidate * block) + i));
            Vector256<T> write = LaneFunctions.Sigmoid(Lanes.Load(ref gate, (order.Input * block) + i));
            Vector256<T> keep = LaneFunctions.Sigmoid(Lanes.Load(ref gate, (order.Forget * block) + i) + forgetBias);
            Vector256<T> read = LaneFunctions.Sigmoid(Lanes.Load(ref gate, (order.Output * block) + i));
            Vector256<T> c = Lanes.MultiplyAdd(Lanes.Load(ref cell, i), keep, candidate * write);
            Vector256<T> t = LaneFunctions.Tanh(c);
            Lanes.Store(candidate, ref gate, (order.Candidate * block) + i);
            Lanes.Store(write, ref gate, (order.Input * block) + i);
            Lanes.Store(keep, ref gate, (order.Forget * block) + i);
            Lanes.Store(read, ref gate, (order.Output * block) + i);
            Lanes.Store(c, ref next, i);
            Lanes.Store(t, ref squash, i);
            Lanes.Store(t * read, ref h, i);
        }
    }

    public static void Backward<T>(
        LstmGates order, Span<T> gates, ReadOnlySpan<T> cells, ReadOnlySpan<T> squashed, ReadOnlySpan<T> outputGradient,
        ReadOnlySpan<T> newCellGradient, Span<T> cellGradient)
        where T : struct, INumber<T>
    {
        int block = cells.Length;
        ref T gate = ref Lanes.Origin<T>(gates, 4 * block);
        ref T cell = ref Lanes.Origin(cells, block);
        ref T squash = ref Lanes.Origin(squashed, block);
        ref T dh = ref Lanes.Origin(outputGradient, block);
        ref T dNext = ref Lanes.Origin(newCellGradient, block);
        ref T dCell = ref Lanes.Origin<T>(cellGradient, block);
        Vector256<T> one = Vector256<T>.One;
        for (int i = 0; i < block; i += Vector256<T>.Count)
        {
            Vector256<T> candidate = Lanes.Load(ref gate, (order.Candidate * block) + i);
            Vector256<T> write = Lanes.Load(ref gate, (order.Input * block) + i);
            Vector256<T> keep = Lanes.Load(ref gate, (order.Forget * block) + i);
            Vector256<T> read = Lanes.Load(ref gate, (order.Output * block) + i);
            Vector256<T> t = Lanes.Load(ref squash, i), d = Lanes.Load(ref dh, i);
            Vector256<T> dc = Lanes.MultiplyAdd(d * read, one - (t * t), Lanes.Load(ref dNext, i));
            Lanes.Store(dc * write * (one - (candidate * candidate)), ref gate, (order.Candidate * block) + i);
            Lanes.Store(dc * candidate * write * (one - write), ref gate, (order.Input * block) + i);
            Lanes.Store(dc * Lanes.Load(ref cell, i) * keep * (one - keep), ref gate, (order.Forget * block) + i);
            Lanes.Store(d * t * read * (one - read), ref gate, (order.Output * block) + i);
            Lanes.Store(dc * keep, ref dCell, i);
        }
    }
}
