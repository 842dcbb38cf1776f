namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The LSTM of a mixed memory, <see cref="MixedMemory{T}"/>: rows candidate, input, forget and output gate, the gates halved. Memory
/// cells are 32-bit numbers times 2^24 and stay within ±64.
/// </summary>
internal sealed unsafe class Int16MemoryStage<TSimd, TVector>(
    Int16Layer layer, Int16Table tanh, int cells, int destination, FixedPointLayout layout)
    : Int16Stage<TSimd, TVector>(layer, layout)
    where TSimd : struct, IInt16Simd<TVector>
    where TVector : unmanaged
{
    public const int CellBits = 24;

    /// <summary>The largest cell, times 2^24.</summary>
    public const int LargestCell = 64 << CellBits;

    protected override void Finish(byte* memory, int* sums, in FixedTimespan timespan)
    {
        int* cell = (int*)(memory + cells);
        short* output = (short*)(memory + destination);
        int units = Layer.Rows / 4;
        int* multiplier = Layer.Multiplier;
        int* table = tanh.Entries;
        TVector lift = TSimd.Count(Layer.Lift);
        for (int i = 0; i < units; i += TSimd.Width)
        {
            int* sum = sums + i;
            int* factor = multiplier + i;
            TVector candidate = Int16Functions<TSimd, TVector>.Odd(table, Value(sum, factor, lift));
            TVector inputGate = Int16Functions<TSimd, TVector>.Sigmoid(table, Value(sum + units, factor + units, lift));
            TVector forgetGate = Int16Functions<TSimd, TVector>.Sigmoid(table, Value(sum + 2 * units, factor + 2 * units, lift));
            TVector outputGate = Int16Functions<TSimd, TVector>.Sigmoid(table, Value(sum + 3 * units, factor + 3 * units, lift));

            // A product with a gate times 2^30 loses 32 bits: two come back.
            TVector kept = TSimd.ShiftLeft(TSimd.MultiplyHigh(TSimd.Load(cell + i), TSimd.ShiftLeft(forgetGate, 11)), 2);
            TVector added = TSimd.ShiftRight(Int16Functions<TSimd, TVector>.Weigh(candidate, inputGate), 26 - CellBits);
            TVector next = TSimd.Add(kept, added);
            next = TSimd.Max(TSimd.Min(next, TSimd.Create(LargestCell)), TSimd.Create(-LargestCell));
            TSimd.Store(next, cell + i);

            TVector shown = Int16Functions<TSimd, TVector>.Odd(table, TSimd.ShiftRight(next, CellBits - Int16Table.ArgumentBits));
            TVector weighed = Int16Functions<TSimd, TVector>.Weigh(shown, outputGate);
            TSimd.StoreSaturated(Int16Functions<TSimd, TVector>.RoundedShift(weighed, 26 - Int16Scaling.FullScaleBits), output + i);
        }
    }
}
