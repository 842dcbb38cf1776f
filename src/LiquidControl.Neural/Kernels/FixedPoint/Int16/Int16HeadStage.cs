using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The heads of a CfC cell in mode default or no_gate, <see cref="Cfc{T}"/>: rows f1, f2, then both time heads halved, because
/// σ(x) = 1/2 + 1/2 tanh(x/2). What the heads' activation multiplies with is in the scales.
/// </summary>
internal sealed unsafe class Int16HeadStage<TSimd, TVector>(
    Int16Layer layer, Int16Table tanh, bool gated, bool linear, int destination, FixedPointLayout layout)
    : Int16Stage<TSimd, TVector>(layer, layout)
    where TSimd : struct, IInt16Simd<TVector>
    where TVector : unmanaged
{
    protected override void Finish(byte* memory, int* sums, in FixedTimespan timespan)
    {
        short* state = (short*)(memory + destination);
        int units = Layer.Rows / 4;
        int* multiplier = Layer.Multiplier;
        int* table = tanh.Entries;
        TVector lift = TSimd.Count(Layer.Lift);
        Int16Timespan<TVector> elapsed = Int16Timespan<TVector>.Of<TSimd>(timespan);
        for (int i = 0; i < units; i += TSimd.Width)
        {
            int* sum = sums + i;
            int* factor = multiplier + i;
            TVector head1 = Head(table, Value(sum, factor, lift));
            TVector head2 = Head(table, Value(sum + units, factor + units, lift));
            TVector time = Int16Functions<TSimd, TVector>.TimesTimespan(Value(sum + 2 * units, factor + 2 * units, lift), elapsed);
            time = TSimd.Add(time, Value(sum + 3 * units, factor + 3 * units, lift));
            TVector gate = Int16Functions<TSimd, TVector>.Sigmoid(table, time);
            TSimd.StoreSaturated(gated ? Blend(head1, head2, gate) : Join(head1, head2, gate), state + i);
        }
    }

    /// <summary>What a head gives, times 2^18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Head(int* table, TVector value)
    {
        if (!linear) return Int16Functions<TSimd, TVector>.Odd(table, value);
        TVector scaled = TSimd.ShiftRight(value, Int16Table.ArgumentBits - Int16Table.ValueBits);
        return TSimd.Max(TSimd.Min(scaled, TSimd.Create(1 << Int16Table.ValueBits)), TSimd.Create(-1 << Int16Table.ValueBits));
    }

    /// <summary>f1 + g (f2 - f1), where full scale is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Blend(TVector head1, TVector head2, TVector gate)
    {
        TVector weighed = Int16Functions<TSimd, TVector>.Weigh(TSimd.Subtract(head2, head1), gate);
        return Int16Functions<TSimd, TVector>.RoundedShift(TSimd.Add(TSimd.ShiftLeft(head1, 8), weighed), 26 - Int16Scaling.FullScaleBits);
    }

    /// <summary>f1 + g f2, where full scale is 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Join(TVector head1, TVector head2, TVector gate)
    {
        TVector weighed = Int16Functions<TSimd, TVector>.Weigh(head2, gate);
        return Int16Functions<TSimd, TVector>.RoundedShift(TSimd.Add(TSimd.ShiftLeft(head1, 8), weighed), 27 - Int16Scaling.FullScaleBits);
    }
}
