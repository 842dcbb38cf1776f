using System.Numerics;
using System.Runtime.Intrinsics;

namespace LiquidControl.Training.Cells;

/// <summary>
/// What turns a cell's state into the network's output: a linear layer, a factor and an offset for each row, or nothing. Its rows of the
/// state are <see cref="Start"/> to <see cref="Start"/> + <see cref="Count"/>.
/// </summary>
internal sealed class Readout
{
    private readonly LinearBlock? _layer;
    private readonly int _scale;
    private readonly int _shift;

    private Readout(CellLayout cell, int outputs, LinearBlock? layer, int scale, int shift)
    {
        Start = cell.OutputStart;
        Count = cell.OutputCount;
        OutputSize = outputs;
        _layer = layer;
        _scale = scale;
        _shift = shift;
    }

    public int Start { get; }

    public int Count { get; }

    public int OutputSize { get; }

    public static Readout Of(CellLayout cell) => new(cell, cell.OutputCount, null, LinearBlock.None, LinearBlock.None);

    public static Readout Through(CellLayout cell, LinearBlock layer) =>
        new(cell, layer.Outputs, layer, LinearBlock.None, LinearBlock.None);

    /// <param name="cell">What is read.</param>
    /// <param name="scale">Offset of the rows' factors, or <see cref="LinearBlock.None"/>.</param>
    /// <param name="shift">Offset of what is added then, or <see cref="LinearBlock.None"/>.</param>
    public static Readout Mapping(CellLayout cell, int scale, int shift) => new(cell, cell.OutputCount, null, scale, shift);

    public void Forward<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> state, Span<T> output) where T : struct, INumber<T>
    {
        ReadOnlySpan<T> rows = state.Slice(Start * Lanes.Count, Count * Lanes.Count);
        if (_layer is LinearBlock layer)
            layer.Apply(parameters, rows, output);
        else if (_scale == LinearBlock.None)
            rows.CopyTo(output);
        else
            Map(parameters, rows, output);
    }

    /// <summary>Adds to the state's gradient what an output's gradient makes of it.</summary>
    public void Backward<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> outputGradient, Span<T> stateGradient) where T : struct, INumber<T>
    {
        Span<T> rows = stateGradient.Slice(Start * Lanes.Count, Count * Lanes.Count);
        if (_layer is LinearBlock layer)
        {
            layer.AddTransposed(parameters, 0, outputGradient, rows);
            return;
        }

        for (int i = 0; i < rows.Length; i++)
            rows[i] += _scale == LinearBlock.None ? outputGradient[i] : parameters[_scale + (i / Lanes.Count)] * outputGradient[i];
    }

    /// <summary>Adds the parameters' gradients over a segment.</summary>
    /// <param name="outputGradients">[steps × outputs × lanes].</param>
    /// <param name="states">From the state after the first step on.</param>
    /// <param name="stateStride">From one step to the next.</param>
    /// <param name="steps">The segment's length.</param>
    /// <param name="gradient">Where to add.</param>
    public void Accumulate<T>(ReadOnlySpan<T> outputGradients, ReadOnlySpan<T> states, int stateStride, int steps, GradientSum<T> gradient)
        where T : struct, INumber<T>
    {
        int stride = OutputSize * Lanes.Count;
        ReadOnlySpan<T> rows = states[(Start * Lanes.Count)..];
        _layer?.Accumulate(outputGradients, stride, rows, stateStride, steps, gradient);
        if (_scale != LinearBlock.None)
            for (int row = 0; row < Count; row++)
                LaneMatrix.AccumulateGradient(
                    outputGradients[(row * Lanes.Count)..], stride, 1, rows[(row * Lanes.Count)..], stateStride, 1, steps,
                    gradient.From(_scale + row));
        if (_shift != LinearBlock.None)
            LaneMatrix.AccumulateSum(outputGradients, stride, Count, steps, _shift, gradient);
    }

    private void Map<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> rows, Span<T> output) where T : struct, INumber<T>
    {
        ref T source = ref Lanes.Origin(rows, Count * Lanes.Count);
        ref T sink = ref Lanes.Origin<T>(output, Count * Lanes.Count);
        for (int i = 0; i < Count * Lanes.Count; i += Vector256<T>.Count)
        {
            int row = i / Lanes.Count;
            Vector256<T> shift = Vector256.Create(_shift == LinearBlock.None ? T.Zero : parameters[_shift + row]);
            Lanes.Store(Lanes.MultiplyAdd(Vector256.Create(parameters[_scale + row]), Lanes.Load(ref source, i), shift), ref sink, i);
        }
    }
}
