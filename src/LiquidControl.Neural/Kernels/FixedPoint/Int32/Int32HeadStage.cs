namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The heads of a CfC cell in mode default or no_gate, <see cref="Cfc{T}"/>: rows f1, f2, then both time heads halved, because
/// σ(x) = 1/2 + 1/2 tanh(x/2). What the heads' activation multiplies with is in the scales.
/// </summary>
internal sealed unsafe class Int32HeadStage(
    Int32Layer layer, Int32Table tanh, bool gated, bool linear, int destination, KernelPath path, FixedPointLayout layout)
    : Int32Stage(layer, path, layout)
{
    private const int LostBits = Int32Table.ValueBits - Int32Layer.FullScaleBits;

    protected override void Finish(byte* memory, long* sums, in FixedTimespan timespan)
    {
        int* state = (int*)(memory + destination);
        int units = Layer.Rows / 4;
        for (int i = 0; i < units; i++)
        {
            long head1 = Head(Layer.Value(sums, i));
            long head2 = Head(Layer.Value(sums, units + i));
            long time = TimesTimespan(Layer.Value(sums, 2 * units + i), timespan) + Layer.Value(sums, 3 * units + i);
            long gate = tanh.Sigmoid(time);

            // Without the gate on the first head full scale is 2.
            state[i] = gated
                ? Rounded(head1 + ((head2 - head1) * gate >> Int32Table.ValueBits), LostBits)
                : Rounded(head1 + (head2 * gate >> Int32Table.ValueBits), LostBits + 1);
        }
    }

    /// <summary>What a head gives, times 2^30.</summary>
    private long Head(long value) =>
        linear ? Math.Clamp(value << (Int32Table.ValueBits - Int32Table.ArgumentBits), -Int32Table.One, Int32Table.One) : tanh.Odd(value);
}
