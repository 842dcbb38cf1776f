using System.Collections.Immutable;

namespace LiquidControl.Neural.Kernels;

/// <summary>Activations of 29 bits. Inputs are scaled by powers of two, so that nothing is rounded before it is an integer.</summary>
internal sealed unsafe class Int32Format(KernelPath path) : FixedPointFormat
{
    private readonly Int32Table _tanh = Int32Table.Tanh();

    public override int ElementSize => sizeof(int);

    public override double FullScale => 1 << Int32Layer.FullScaleBits;

    public override double InputScale => FullScale;

    public override double CellStep => 1.0 / (1 << Int32MemoryStage.CellBits);

    public override int LargestCell => Int32MemoryStage.LargestCell;

    public override double InputBound(double range)
    {
        double bound = Math.ScaleB(1.0, Math.ILogB(range));
        return bound < range ? 2.0 * bound : bound;
    }

    public override ImmutableArray<FixedColumn> InputColumns(ReadOnlySpan<double> bounds) => Columns(0, bounds);

    public override ImmutableArray<FixedColumn> Columns(int first, ReadOnlySpan<double> scales)
    {
        FixedColumn[] columns = new FixedColumn[scales.Length];
        for (int i = 0; i < columns.Length; i++) columns[i] = new FixedColumn(first + i, scales[i], 1.0);
        return [.. columns];
    }

    public override void WriteInput(ReadOnlySpan<float> input, float* factors, byte* destination)
    {
        int* columns = (int*)destination;
        for (int i = 0; i < input.Length; i++) columns[i] = Quantised((double)input[i] * factors[i]);
    }

    public override int ReadElement(byte* source) => *(int*)source;

    public override void WriteElement(double value, byte* destination) => *(int*)destination = Quantised(value * FullScale);

    public override FixedPointStage Bounded(FixedLayer layer, int destination) =>
        new Int32BoundedStage(Packed(layer), _tanh, destination, path, Layout);

    public override FixedPointStage Rectified(FixedLayer layer, int destination) =>
        new Int32RectifiedStage(Packed(layer), destination, path, Layout);

    public override FixedPointStage SelfGated(FixedLayer layer, bool errorFunction, double[] factors, int destination) =>
        new Int32SelfGatedStage(Packed(layer), errorFunction ? Int32Table.ErrorFunction() : _tanh, factors, destination, path, Layout);

    public override FixedPointStage Heads(FixedLayer layer, bool gated, bool linear, int destination) =>
        new Int32HeadStage(Packed(layer), _tanh, gated, linear, destination, path, Layout);

    public override FixedPointStage Pure(FixedLayer layer, double[] rates, double[] factors, int destination) =>
        new Int32PureStage(Packed(layer), Int32Table.Decay(), rates, factors, destination, path, Layout);

    public override FixedPointStage Memory(FixedLayer layer, int cells, int destination) =>
        new Int32MemoryStage(Packed(layer), _tanh, cells, destination, path, Layout);

    public override FixedPointReadout Readout(FixedLayer layer) => new Int32Readout(Packed(layer), path, Layout);

    private static int Quantised(double value)
    {
        const double Largest = 1 << Int32Layer.FullScaleBits;
        return (int)Math.Round(value < -Largest ? -Largest : value > Largest ? Largest : value);
    }

    private Int32Layer Packed(FixedLayer layer)
    {
        Int32Layer packed = new(layer);
        Layers.Add(packed.Report);
        return packed;
    }
}
