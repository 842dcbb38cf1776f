using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>Activations of 16 bits. Inputs have two columns, a coarse and a fine one, and so 23 bits.</summary>
internal sealed unsafe class Int16Format<TSimd, TVector> : FixedPointFormat
    where TSimd : struct, IInt16Simd<TVector>
    where TVector : unmanaged
{
    private const int FineBits = 8;
    private const double FineScale = 1 << FineBits;
    private const float OneInput = 1 << Int16Scaling.FullScaleBits + FineBits;
    private const float LargestInput = OneInput - (1 << FineBits);

    private readonly Int16Table _tanh = Int16Table.Tanh();
    private Int16Table? _decay;
    private Int16Table? _errorFunction;

    public override int ElementSize => sizeof(short);

    public override double FullScale => 1 << Int16Scaling.FullScaleBits;

    public override double InputScale => OneInput;

    public override double CellStep => 1.0 / (1 << Int16MemoryStage<TSimd, TVector>.CellBits);

    public override int LargestCell => Int16MemoryStage<TSimd, TVector>.LargestCell;

    public override ImmutableArray<FixedColumn> InputColumns(ReadOnlySpan<double> bounds)
    {
        List<FixedColumn> columns = [];
        for (int i = 0; i < bounds.Length; i++)
        {
            columns.Add(new FixedColumn(i, bounds[i], 1.0));
            columns.Add(new FixedColumn(i, bounds[i] / FineScale, 1.0 / FineScale));
        }

        return Padded(columns);
    }

    public override ImmutableArray<FixedColumn> Columns(int first, ReadOnlySpan<double> scales)
    {
        List<FixedColumn> columns = [];
        for (int i = 0; i < scales.Length; i++) columns.Add(new FixedColumn(first + i, scales[i], 1.0));
        return Padded(columns);
    }

    public override void WriteInput(ReadOnlySpan<float> input, float* factors, byte* destination)
    {
        int* columns = (int*)destination;
        fixed (float* numbers = input)
        {
            int i = 0;
            for (; i <= input.Length - TSimd.Width; i += TSimd.Width) WriteInput<TSimd, TVector>(numbers + i, factors + i, columns + i);
            for (; i < input.Length; i++) WriteInput<Int16Scalar, int>(numbers + i, factors + i, columns + i);
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
        new Int16PureStage<TSimd, TVector>(
            Packed(layer), _decay ??= Int16Table.Decay(), layer.LargestBound(), rates, factors, destination, Layout);

    public override FixedPointStage Memory(FixedLayer layer, int cells, int destination) =>
        new Int16MemoryStage<TSimd, TVector>(Packed(layer), _tanh, cells, destination, Layout);

    public override FixedPointReadout Readout(FixedLayer layer) => new Int16Readout<TSimd, TVector>(Packed(layer), Layout);

    /// <summary>A pair of columns for each number: the lower half coarse, the upper half fine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteInput<TS, TV>(float* numbers, float* factors, int* columns)
        where TS : struct, IInt16Simd<TV>
        where TV : unmanaged
    {
        TV value = TS.Scaled(numbers, factors, LargestInput);
        TV coarse = TS.ShiftRight(TS.Add(value, TS.Create(1 << FineBits - 1)), FineBits);
        TV fine = TS.Subtract(value, TS.ShiftLeft(coarse, FineBits));
        TS.Store(TS.Or(TS.ShiftLeft(fine, 16), TS.And(coarse, TS.Create(ushort.MaxValue))), columns);
    }

    /// <summary>Products are added in fours.</summary>
    private static ImmutableArray<FixedColumn> Padded(List<FixedColumn> columns)
    {
        while (columns.Count % Int16Scaling.Quad != 0) columns.Add(FixedColumn.Padding);
        return [.. columns];
    }

    private Int16Layer Packed(FixedLayer layer)
    {
        Int16Layer packed = new(layer);
        Layers.Add(packed.Report);
        return packed;
    }
}
