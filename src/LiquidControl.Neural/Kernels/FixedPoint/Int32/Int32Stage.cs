namespace LiquidControl.Neural.Kernels;

/// <summary>A layer and what becomes of its sums: number by number, on every path the same code.</summary>
internal abstract unsafe class Int32Stage : FixedPointStage
{
    protected const int FullScale = 1 << Int32Layer.FullScaleBits;

    private readonly KernelPath _path;
    private readonly int _sums;

    private protected Int32Stage(Int32Layer layer, KernelPath path, FixedPointLayout layout)
    {
        Layer = layer;
        _path = path;
        _sums = layout.Reserve<long>(layer.PaddedRows);
    }

    protected Int32Layer Layer { get; }

    public sealed override void Run(byte* memory, in FixedTimespan timespan)
    {
        long* sums = (long*)(memory + _sums);
        Int32Sum.Apply(_path, Layer, (int*)(memory + Layer.SourceOffset), sums);
        Finish(memory, sums, timespan);
    }

    protected abstract void Finish(byte* memory, long* sums, in FixedTimespan timespan);

    /// <summary>A value as a fraction of full scale, within it.</summary>
    protected static int Limited(long value) => (int)(value < -FullScale ? -FullScale : value > FullScale ? FullScale : value);

    /// <summary>From times 2^30 to a fraction of full scale, to the nearest.</summary>
    protected static int Rounded(long value, int bits) => (int)((value + (1L << (bits - 1))) >> bits);

    /// <summary>A rate times the timespan, within ±2^60.</summary>
    protected static long TimesTimespan(long rate, in FixedTimespan timespan)
    {
        Int128 product = (Int128)rate * timespan.Factor >> (FixedTimespan.FractionBits - timespan.Exponent);
        return (long)Int128.Clamp(product, -(1L << 60), 1L << 60);
    }

    /// <summary>a b / 2^bits, to the nearest.</summary>
    protected static long Product(long a, long b, int bits) => (long)(((Int128)a * b + (1L << (bits - 1))) >> bits);
}
