namespace LiquidControl.Neural.Kernels;

/// <summary>A backbone layer with relu, whose scales bring the range of each unit to 1.</summary>
internal sealed unsafe class Int32RectifiedStage(Int32Layer layer, int destination, KernelPath path, FixedPointLayout layout)
    : Int32Stage(layer, path, layout)
{
    protected override void Finish(byte* memory, long* sums, in FixedTimespan timespan)
    {
        int* y = (int*)(memory + destination);
        for (int i = 0; i < Layer.Rows; i++)
        {
            long value = Layer.Value(sums, i) << (Int32Layer.FullScaleBits - Int32Table.ArgumentBits);
            y[i] = value < 0 ? 0 : Limited(value);
        }
    }
}
