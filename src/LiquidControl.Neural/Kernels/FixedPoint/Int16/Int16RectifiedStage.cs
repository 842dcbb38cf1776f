namespace LiquidControl.Neural.Kernels;

/// <summary>A backbone layer with relu, whose scales bring the range of each unit to 1.</summary>
internal sealed unsafe class Int16RectifiedStage<TSimd, TVector>(Int16Layer layer, int destination, FixedPointLayout layout)
    : Int16Stage<TSimd, TVector>(layer, layout)
    where TSimd : struct, IInt16Simd<TVector>
    where TVector : unmanaged
{
    protected override void Finish(byte* memory, int* sums, in FixedTimespan timespan)
    {
        short* y = (short*)(memory + destination);
        int* multiplier = Layer.Multiplier;
        const int LostBits = Int16Table.ArgumentBits - Int16Scaling.FullScaleBits;
        TVector lift = TSimd.Count(Layer.Lift);
        for (int i = 0; i < Layer.Rows; i += TSimd.Width)
        {
            TVector value = TSimd.Max(Value(sums + i, multiplier + i, lift), TSimd.Create(0));
            TSimd.StoreSaturated(Int16Functions<TSimd, TVector>.RoundedShift(value, LostBits), y + i);
        }
    }
}
