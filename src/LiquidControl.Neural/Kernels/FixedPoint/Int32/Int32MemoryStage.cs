namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The LSTM of a mixed memory, <see cref="MixedMemory{T}"/>: rows candidate, input, forget and output gate, the gates halved. Memory
/// cells are 32-bit numbers times 2^24 and stay within ±64.
/// </summary>
internal sealed unsafe class Int32MemoryStage(
    Int32Layer layer, Int32Table tanh, int cells, int destination, KernelPath path, FixedPointLayout layout)
    : Int32Stage(layer, path, layout)
{
    public const int CellBits = 24;

    /// <summary>The largest cell, times 2^24.</summary>
    public const int LargestCell = 64 << CellBits;

    protected override void Finish(byte* memory, long* sums, in FixedTimespan timespan)
    {
        int* cell = (int*)(memory + cells);
        int* output = (int*)(memory + destination);
        int units = Layer.Rows / 4;
        for (int i = 0; i < units; i++)
        {
            long candidate = tanh.Odd(Layer.Value(sums, i));
            long inputGate = tanh.Sigmoid(Layer.Value(sums, units + i));
            long forgetGate = tanh.Sigmoid(Layer.Value(sums, 2 * units + i));
            long outputGate = tanh.Sigmoid(Layer.Value(sums, 3 * units + i));
            long kept = Rounded(cell[i] * forgetGate, Int32Table.ValueBits);
            long added = Rounded(candidate * inputGate, 2 * Int32Table.ValueBits - CellBits);
            cell[i] = (int)Math.Clamp(kept + added, -LargestCell, LargestCell);
            long shown = tanh.Odd((long)cell[i] << (Int32Table.ArgumentBits - CellBits));
            output[i] = Rounded(shown * outputGate, 2 * Int32Table.ValueBits - Int32Layer.FullScaleBits);
        }
    }
}
