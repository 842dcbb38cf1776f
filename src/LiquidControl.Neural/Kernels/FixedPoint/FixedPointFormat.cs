using System.Collections.Immutable;

namespace LiquidControl.Neural.Kernels;

/// <summary>The integers a fixed-point kernel computes in, and the stages made of them.</summary>
internal abstract unsafe class FixedPointFormat
{
    /// <summary>What a state takes.</summary>
    public FixedPointLayout Layout { get; } = new();

    /// <summary>Of every layer made so far.</summary>
    public List<FixedPointLayerReport> Layers { get; } = [];

    /// <summary>Of an activation, in bytes.</summary>
    public abstract int ElementSize { get; }

    /// <summary>Full scale of an activation.</summary>
    public abstract double FullScale { get; }

    /// <summary>Full scale of an input.</summary>
    public abstract double InputScale { get; }

    /// <summary>The real value of a memory cell of 1.</summary>
    public abstract double CellStep { get; }

    /// <summary>The largest magnitude of a memory cell, as an integer.</summary>
    public abstract int LargestCell { get; }

    /// <summary>The bound that an input of a range is kept within.</summary>
    public virtual double InputBound(double range) => range;

    /// <summary>How inputs are kept.</summary>
    /// <param name="bounds">The largest magnitude of each.</param>
    public abstract ImmutableArray<FixedColumn> InputColumns(ReadOnlySpan<double> bounds);

    /// <summary>How activations and states are kept.</summary>
    /// <param name="first">What the first stands for, <see cref="FixedColumn.Source"/>.</param>
    /// <param name="scales">The real value at full scale of each.</param>
    public abstract ImmutableArray<FixedColumn> Columns(int first, ReadOnlySpan<double> scales);

    public FixedVector Vector(ImmutableArray<FixedColumn> first, ImmutableArray<FixedColumn> second) =>
        new(Layout.Reserve(first.Length + second.Length, ElementSize), first, second, ElementSize);

    /// <summary>Writes inputs as <see cref="InputColumns"/> says.</summary>
    /// <param name="input">Finite.</param>
    /// <param name="factors"><see cref="InputScale"/> over the bound of each.</param>
    /// <param name="destination">In the memory of a state.</param>
    public abstract void WriteInput(ReadOnlySpan<float> input, float* factors, byte* destination);

    public abstract int ReadElement(byte* source);

    /// <param name="value">A fraction of full scale; what is beyond it is kept at its end.</param>
    /// <param name="destination">In the memory of a state.</param>
    public abstract void WriteElement(double value, byte* destination);

    /// <summary>tanh of a layer's values.</summary>
    public abstract FixedPointStage Bounded(FixedLayer layer, int destination);

    /// <summary>max(x, 0) of a layer's values in parts of full scale.</summary>
    public abstract FixedPointStage Rectified(FixedLayer layer, int destination);

    /// <summary>v (1 + T(v)) of a layer's values v, times a factor a unit; T is tanh or the error function.</summary>
    public abstract FixedPointStage SelfGated(FixedLayer layer, bool errorFunction, double[] factors, int destination);

    /// <summary>The heads f1, f2, time a and b, the last two halved.</summary>
    public abstract FixedPointStage Heads(FixedLayer layer, bool gated, bool linear, int destination);

    /// <summary>Mode pure on a layer's values u/2, with a rate and a factor a unit.</summary>
    public abstract FixedPointStage Pure(FixedLayer layer, double[] rates, double[] factors, int destination);

    /// <summary>The LSTM on its four rows a unit, the gates halved.</summary>
    public abstract FixedPointStage Memory(FixedLayer layer, int cells, int destination);

    /// <summary>A linear readout.</summary>
    public abstract FixedPointReadout Readout(FixedLayer layer);
}
