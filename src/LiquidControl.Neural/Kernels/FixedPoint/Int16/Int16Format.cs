using System.Collections.Immutable;

namespace LiquidControl.Neural.Kernels;

/// <summary>Activations of 16 bits. Inputs have two columns, a coarse and a fine one, and so 23 bits.</summary>
internal sealed unsafe class Int16Format<TSimd, TVector> : FixedPointFormat
    where TSimd : struct, IInt16Simd<TVector>
    where TVector : unmanaged
{
    private const int FineBits = 8;
    private const double FineScale = 1 << FineBits;
    private const int LargestInput = (1 << Int16Scaling.FullScaleBits + FineBits) - (1 << FineBits);

    private readonly Int16Table _tanh = Int16Table.Tanh();
    private Int16Table? _decay;
    private Int16Table? _errorFunction;

    public override int ElementSize => sizeof(short);

    public override double FullScale => 1 << Int16Scaling.FullScaleBits;

    public override double CellStep => 1.0 / (1 << Int16MemoryStage<TSimd, TVector>.CellBits);

    public override int LargestCell => Int16MemoryStage<TSimd, TVector>.LargestCell;

    public override ImmutableArray<FixedColumn> InputColumns(ReadOnlySpan<double> bounds)
    {
        ImmutableArray<FixedColumn>.Builder columns = ImmutableArray.CreateBuilder<FixedColumn>(2 * bounds.Length);
        for (int i = 0; i < bounds.Length; i++)
        {
            columns.Add(new FixedColumn(i, bounds[i], 1.0));
            columns.Add(new FixedColumn(i, bounds[i] / FineScale, 1.0 / FineScale));
        }

        return columns.MoveToImmutable();
    }

    public override ImmutableArray<FixedColumn> Columns(int first, ReadOnlySpan<double> scales)
    {
        List<FixedColumn> columns = [];
        for (int i = 0; i < scales.Length; i++) columns.Add(new FixedColumn(first + i, scales[i], 1.0));
        // Products are added in pairs.
        if (scales.Length % 2 != 0) columns.Add(FixedColumn.Padding);
        return [.. columns];
    }

    public override void WriteInput(ReadOnlySpan<float> input, ReadOnlySpan<double> inverse, byte* destination)
    {
        short* columns = (short*)destination;
        for (int i = 0; i < input.Length; i++)
        {
            double scaled = input[i] * inverse[i] * (FullScale * FineScale);
            int value = (int)Math.Round(Math.Min(Math.Max(scaled, -LargestInput), LargestInput));
            int coarse = (value + (1 << FineBits - 1)) >> FineBits;
            columns[2 * i] = (short)coarse;
            columns[2 * i + 1] = (short)(value - (coarse << FineBits));
        }
    }

    public override int ReadElement(byte* source) => *(short*)source;

    public override void WriteElement(double value, byte* destination) =>
        *(short*)destination = (short)Math.Clamp(Math.Round(value * FullScale), short.MinValue, short.MaxValue);

    public override FixedPointStage Bounded(FixedLayer layer, int destination) =>
        new Int16BoundedStage<TSimd, TVector>(Packed(layer), _tanh, destination, Layout);

    public override FixedPointStage Rectified(FixedLayer layer, int destination) =>
        new Int16RectifiedStage<TSimd, TVector>(Packed(layer), destination, Layout);

    public override FixedPointStage SelfGated(FixedLayer layer, bool errorFunction, double[] factors, int destination) =>
        new Int16SelfGatedStage<TSimd, TVector>(Packed(layer), errorFunction ? _errorFunction ??= Int16Table.ErrorFunction() : _tanh,
            layer.LargestBound(), factors, destination, Layout);

    public override FixedPointStage Heads(FixedLayer layer, bool gated, bool linear, int destination) =>
        new Int16HeadStage<TSimd, TVector>(Packed(layer), _tanh, gated, linear, destination, Layout);

    public override FixedPointStage Pure(FixedLayer layer, double[] rates, double[] factors, int destination) =>
        new Int16PureStage<TSimd, TVector>(Packed(layer), _decay ??= Int16Table.Decay(), layer.LargestBound(), rates, factors, destination, Layout);

    public override FixedPointStage Memory(FixedLayer layer, int cells, int destination) =>
        new Int16MemoryStage<TSimd, TVector>(Packed(layer), _tanh, cells, destination, Layout);

    public override FixedPointReadout Readout(FixedLayer layer) => new Int16Readout<TSimd, TVector>(Packed(layer), Layout);

    private Int16Layer Packed(FixedLayer layer)
    {
        Int16Layer packed = new(layer);
        Layers.Add(packed.Report);
        return packed;
    }
}
