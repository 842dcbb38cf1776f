namespace LiquidControl.Neural.Kernels;

/// <summary>
/// A backbone layer with silu or gelu: v (1 + T(v)), with v = x/2 and T = tanh, or v = x/√2 and T the error function. A factor a unit
/// brings its range to 1.
/// </summary>
internal sealed unsafe class Int32SelfGatedStage(
    Int32Layer layer, Int32Table table, double[] factors, int destination, KernelPath path, FixedPointLayout layout)
    : Int32Stage(layer, path, layout)
{
    private readonly long[] _factors = [.. factors.Select(factor => (long)Math.Round(factor * (1L << Int32Layer.FullScaleBits)))];

    protected override void Finish(byte* memory, long* sums, in FixedTimespan timespan)
    {
        int* y = (int*)(memory + destination);
        for (int i = 0; i < Layer.Rows; i++)
        {
            long value = Layer.Value(sums, i);
            long gated = Product(value, Int32Table.One + table.Odd(value), Int32Table.ValueBits);
            y[i] = Limited(Product(gated, _factors[i], Int32Table.ArgumentBits));
        }
    }
}
