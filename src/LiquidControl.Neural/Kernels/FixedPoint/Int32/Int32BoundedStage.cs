namespace LiquidControl.Neural.Kernels;

/// <summary>A backbone layer with tanh, whose scales hold everything else of lecun_tanh.</summary>
internal sealed unsafe class Int32BoundedStage(Int32Layer layer, Int32Table tanh, int destination, KernelPath path, FixedPointLayout layout)
    : Int32Stage(layer, path, layout)
{
    protected override void Finish(byte* memory, long* sums, in FixedTimespan timespan)
    {
        int* y = (int*)(memory + destination);
        const int LostBits = Int32Table.ValueBits - Int32Layer.FullScaleBits;
        for (int i = 0; i < Layer.Rows; i++) y[i] = Rounded(tanh.Odd(Layer.Value(sums, i)), LostBits);
    }
}
