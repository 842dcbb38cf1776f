using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The sums y = b + W z of a layer for a tile of robots: each number of z and y is three vectors, a robot in each lane. Rows go by four or two
/// that read the same sources; a source that a row has no synapse from is left out. A sum is that of <see cref="PanelSum{TSimd, TVector}"/>,
/// chain by chain, so that the batch gives the bits of the single step.
/// </summary>
internal sealed unsafe class BatchLayer<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Vectors of a number: four rows of three sums stay in registers, and hide the latency of a multiply-add.</summary>
    public const int Vectors = 3;

    private readonly List<float> _weights = [];
    private readonly List<int> _sources = [];
    private readonly List<Group> _groups = [];
    private readonly LinearRows _rows;
    private readonly int _chains;
    private AlignedBuffer<float> _packedWeights = new(0);
    private AlignedBuffer<int> _packedSources = new(0);
    private Group[] _packedGroups = [];

    /// <param name="rows">The layer; its rows are still to be added.</param>
    public BatchLayer(LinearRows rows)
    {
        _rows = rows;
        _chains = PackedLayer<TSimd, TVector>.Chains(rows.Rows);
    }

    /// <summary>A tile's length of one number.</summary>
    public static int Lanes => Vectors * TSimd.Width;

    /// <summary>Adds two or four rows.</summary>
    /// <param name="rows">Which.</param>
    /// <param name="outputs">Where the sums of each go, in floats.</param>
    /// <param name="stride">From one vector of a row's sums to the next, in floats.</param>
    /// <param name="isSource">Whether a column counts for these rows; the others are zero in all of them.</param>
    public void Add(ReadOnlySpan<int> rows, ReadOnlySpan<int> outputs, int stride, Func<int, bool> isSource)
    {
        for (int chain = 0; chain < _chains; chain++)
        {
            int firstWeight = _weights.Count, firstSource = _sources.Count;
            foreach (int row in rows) _weights.Add(chain == 0 ? (float)(_rows.Bias(row) + 0.0) : 0f);
            for (int column = chain; column < _rows.Columns; column += _chains)
            {
                if (!isSource(column)) continue;
                _sources.Add(column * Lanes);
                foreach (int row in rows) _weights.Add((float)_rows.Weight(row, column));
            }

            _groups.Add(new Group(rows.Length, firstWeight, firstSource, _sources.Count, chain, outputs[0], outputs[1],
                outputs[^2], outputs[^1], stride));
        }
    }

    /// <summary>Packs what was added.</summary>
    public void Pack()
    {
        _packedWeights = new AlignedBuffer<float>(_weights.Count);
        _packedSources = new AlignedBuffer<int>(_sources.Count);
        _weights.CopyTo(_packedWeights.Span);
        _sources.CopyTo(_packedSources.Span);
        _packedGroups = [.. _groups];
    }

    /// <param name="z">What the layer reads.</param>
    /// <param name="y">The sums.</param>
    [SkipLocalsInit]
    public void Apply(float* z, float* y)
    {
        float* chains = stackalloc float[4 * 4 * Lanes];
        foreach (ref readonly Group group in _packedGroups.AsSpan())
        {
            float* w = _packedWeights.Pointer + group.FirstWeight;
            int* source = _packedSources.Pointer + group.FirstSource;
            int* end = _packedSources.Pointer + group.EndOfSources;
            if (_chains == 1)
            {
                if (group.Rows == 4) Sum4(w, source, end, z, y + group.A, y + group.B, y + group.C, y + group.D, group.Stride);
                else Sum2(w, source, end, z, y + group.A, y + group.B, group.Stride);
                continue;
            }

            float* chain = chains + group.Chain * 4 * Lanes;
            if (group.Rows == 4) Sum4(w, source, end, z, chain, chain + Lanes, chain + 2 * Lanes, chain + 3 * Lanes, TSimd.Width);
            else Sum2(w, source, end, z, chain, chain + Lanes, TSimd.Width);
            if (group.Chain == _chains - 1) Join(in group, chains, y);
        }
    }

    /// <summary>The sums of a group's chains: a + b, or (a + b) + (c + d).</summary>
    private void Join(in Group group, float* chains, float* y)
    {
        for (int row = 0; row < group.Rows; row++, chains += Lanes)
        {
            float* to = y + (row switch { 0 => group.A, 1 => group.B, 2 => group.C, _ => group.D });
            for (int lane = 0; lane < Lanes; lane += TSimd.Width, to += group.Stride)
            {
                TVector sum = TSimd.Add(TSimd.Load(chains + lane), TSimd.Load(chains + 4 * Lanes + lane));
                if (_chains == 4)
                {
                    sum = TSimd.Add(sum,
                        TSimd.Add(TSimd.Load(chains + 8 * Lanes + lane), TSimd.Load(chains + 12 * Lanes + lane)));
                }

                TSimd.Store(sum, to);
            }
        }
    }

    private static void Sum4(float* w, int* source, int* end, float* z, float* a, float* b, float* c, float* d, nint stride)
    {
        TVector a0 = TSimd.Create(w[0]), a1 = a0, a2 = a0;
        TVector b0 = TSimd.Create(w[1]), b1 = b0, b2 = b0;
        TVector c0 = TSimd.Create(w[2]), c1 = c0, c2 = c0;
        TVector d0 = TSimd.Create(w[3]), d1 = d0, d2 = d0;
        for (w += 4; source < end; source++, w += 4)
        {
            float* x = z + *source;
            TVector x0 = TSimd.Load(x), x1 = TSimd.Load(x + TSimd.Width), x2 = TSimd.Load(x + 2 * TSimd.Width);
            Add(w[0], x0, x1, x2, ref a0, ref a1, ref a2);
            Add(w[1], x0, x1, x2, ref b0, ref b1, ref b2);
            Add(w[2], x0, x1, x2, ref c0, ref c1, ref c2);
            Add(w[3], x0, x1, x2, ref d0, ref d1, ref d2);
        }

        Store(a, stride, a0, a1, a2);
        Store(b, stride, b0, b1, b2);
        Store(c, stride, c0, c1, c2);
        Store(d, stride, d0, d1, d2);
    }

    private static void Sum2(float* w, int* source, int* end, float* z, float* a, float* b, nint stride)
    {
        TVector a0 = TSimd.Create(w[0]), a1 = a0, a2 = a0;
        TVector b0 = TSimd.Create(w[1]), b1 = b0, b2 = b0;
        for (w += 2; source < end; source++, w += 2)
        {
            float* x = z + *source;
            TVector x0 = TSimd.Load(x), x1 = TSimd.Load(x + TSimd.Width), x2 = TSimd.Load(x + 2 * TSimd.Width);
            Add(w[0], x0, x1, x2, ref a0, ref a1, ref a2);
            Add(w[1], x0, x1, x2, ref b0, ref b1, ref b2);
        }

        Store(a, stride, a0, a1, a2);
        Store(b, stride, b0, b1, b2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* y, nint stride, TVector s0, TVector s1, TVector s2)
    {
        TSimd.Store(s0, y);
        TSimd.Store(s1, y + stride);
        TSimd.Store(s2, y + 2 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float w, TVector x0, TVector x1, TVector x2, ref TVector s0, ref TVector s1, ref TVector s2)
    {
        TVector weight = TSimd.Create(w);
        s0 = TSimd.MultiplyAdd(weight, x0, s0);
        s1 = TSimd.MultiplyAdd(weight, x1, s1);
        s2 = TSimd.MultiplyAdd(weight, x2, s2);
    }

    private readonly record struct Group(
        int Rows, int FirstWeight, int FirstSource, int EndOfSources, int Chain, int A, int B, int C, int D, int Stride);
}
