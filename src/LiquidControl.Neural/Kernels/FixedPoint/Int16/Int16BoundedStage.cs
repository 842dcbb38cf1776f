namespace LiquidControl.Neural.Kernels;

/// <summary>A backbone layer with tanh, whose scales hold everything else of lecun_tanh.</summary>
internal sealed unsafe class Int16BoundedStage<TSimd, TVector>(Int16Layer layer, Int16Table tanh, int destination, FixedPointLayout layout)
    : Int16Stage<TSimd, TVector>(layer, layout)
    where TSimd : struct, IInt16Simd<TVector>
    where TVector : unmanaged
{
    protected override void Finish(byte* memory, int* sums, in FixedTimespan timespan)
    {
        short* y = (short*)(memory + destination);
        int* multiplier = Layer.Multiplier;
        int* table = tanh.Entries;
        const int LostBits = Int16Table.ValueBits - Int16Scaling.FullScaleBits;
        TVector lift = TSimd.Count(Layer.Lift);
        for (int i = 0; i < Layer.Rows; i += TSimd.Width)
        {
            TVector value = Int16Functions<TSimd, TVector>.Odd(table, Value(sums + i, multiplier + i, lift));
            TSimd.StoreSaturated(Int16Functions<TSimd, TVector>.RoundedShift(value, LostBits), y + i);
        }
    }
}
