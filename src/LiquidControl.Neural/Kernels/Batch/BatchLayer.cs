using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The sums y = b + W z of a layer for a tile of robots. Rows go by four or two that read the same sources; a source that a row has no synapse
/// from is left out. A sum is that of <see cref="PanelSum{TSimd, TVector}"/>, chain by chain, so that the batch gives the bits of the single
/// step.
/// </summary>
internal sealed unsafe class BatchLayer<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly List<float> _weights = [];
    private readonly List<int> _sources = [];
    private readonly List<Group> _groups = [];
    private readonly LinearRows _rows;
    private readonly int _chains;
    private readonly float[] _lateBiases;
    private AlignedBuffer<float> _packedWeights = new(0);
    private AlignedBuffer<int> _packedSources = new(0);
    private Group[] _packedGroups = [];

    /// <param name="rows">The layer; its rows are still to be added.</param>
    public BatchLayer(LinearRows rows)
        : this(rows, PackedLayer<TSimd, TVector>.Chains(rows.Rows), [])
    {
    }

    private BatchLayer(LinearRows rows, int chains, float[] lateBiases)
    {
        _rows = rows;
        _chains = chains;
        _lateBiases = lateBiases;
    }

    private static int Lanes => BatchTile<TSimd, TVector>.Lanes;

    /// <summary>A layer all of whose rows have all sources.</summary>
    public static BatchLayer<TSimd, TVector> Dense(LinearRows rows) => new BatchLayer<TSimd, TVector>(rows).WithAllRows();

    /// <summary>The layer from state to outputs: its sums are those of <see cref="PackedReadout{TSimd, TVector}"/>.</summary>
    public static BatchLayer<TSimd, TVector> Readout(LinearRows rows) => new BatchLayer<TSimd, TVector>(rows,
        PackedReadout<TSimd, TVector>.Chains, [.. Enumerable.Range(0, rows.Rows).Select(row => (float)(rows.Bias(row) + 0.0))]).WithAllRows();

    /// <summary>Adds rows that have all sources.</summary>
    public void AddDense(ReadOnlySpan<int> rows)
    {
        for (int i = 0; i < rows.Length; i += 4)
        {
            // The last row may be computed more than once, so that there are four of them, or two.
            int[] group = new int[rows.Length - i > 2 ? 4 : 2];
            for (int k = 0; k < group.Length; k++) group[k] = rows[int.Min(i + k, rows.Length - 1)];
            Add(group, column => true);
        }
    }

    /// <summary>Adds two or four rows.</summary>
    /// <param name="rows">Which.</param>
    /// <param name="isSource">Whether a column counts for these rows; the others are zero in all of them.</param>
    public void Add(ReadOnlySpan<int> rows, Func<int, bool> isSource)
    {
        for (int chain = 0; chain < _chains; chain++)
        {
            int firstWeight = _weights.Count, firstSource = _sources.Count;
            foreach (int row in rows) _weights.Add(chain == 0 && _lateBiases.Length == 0 ? (float)(_rows.Bias(row) + 0.0) : 0f);
            for (int column = chain; column < _rows.Columns; column += _chains)
            {
                if (!isSource(column)) continue;
                _sources.Add(column * Lanes);
                foreach (int row in rows) _weights.Add((float)_rows.Weight(row, column));
            }

            _groups.Add(new Group(rows.Length, firstWeight, firstSource, _sources.Count, chain, rows[0], rows[1], rows[^2], rows[^1]));
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
        float* chains = stackalloc float[PackedReadout<TSimd, TVector>.Chains * 4 * Lanes];
        foreach (ref readonly Group group in _packedGroups.AsSpan())
        {
            float* w = _packedWeights.Pointer + group.FirstWeight;
            int* source = _packedSources.Pointer + group.FirstSource;
            int* end = _packedSources.Pointer + group.EndOfSources;
            if (_chains == 1)
            {
                float* a = y + group.A * Lanes;
                float* b = y + group.B * Lanes;
                if (group.Rows == 4) Sum4(w, source, end, z, a, b, y + group.C * Lanes, y + group.D * Lanes);
                else Sum2(w, source, end, z, a, b);
                continue;
            }

            float* chain = chains + group.Chain * 4 * Lanes;
            if (group.Rows == 4) Sum4(w, source, end, z, chain, chain + Lanes, chain + 2 * Lanes, chain + 3 * Lanes);
            else Sum2(w, source, end, z, chain, chain + Lanes);
            if (group.Chain == _chains - 1) Join(in group, chains, y);
        }
    }

    private BatchLayer<TSimd, TVector> WithAllRows()
    {
        AddDense([.. Enumerable.Range(0, _rows.Rows)]);
        Pack();
        return this;
    }

    /// <summary>The sums of a group's chains: a + b, or (a + b) + (c + d), or both of these of four and a bias that comes last.</summary>
    private void Join(in Group group, float* chains, float* y)
    {
        const int Chain = 4;
        for (int i = 0; i < group.Rows; i++, chains += Lanes)
        {
            int row = i switch { 0 => group.A, 1 => group.B, 2 => group.C, _ => group.D };
            float* to = y + row * Lanes;
            for (int lane = 0; lane < Lanes; lane += TSimd.Width)
            {
                float* s = chains + lane;
                TVector sum = Pair(s);
                if (_chains >= 4) sum = TSimd.Add(sum, Pair(s + 2 * Chain * Lanes));
                if (_chains == 8)
                {
                    TVector high = TSimd.Add(Pair(s + 4 * Chain * Lanes), Pair(s + 6 * Chain * Lanes));
                    sum = TSimd.Add(TSimd.Add(sum, high), TSimd.Create(_lateBiases[row]));
                }

                TSimd.Store(sum, to + lane);
            }
        }

        static TVector Pair(float* chain) => TSimd.Add(TSimd.Load(chain), TSimd.Load(chain + Chain * Lanes));
    }

    private static void Sum4(float* w, int* source, int* end, float* z, float* a, float* b, float* c, float* d)
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

        BatchTile<TSimd, TVector>.Store(a, a0, a1, a2);
        BatchTile<TSimd, TVector>.Store(b, b0, b1, b2);
        BatchTile<TSimd, TVector>.Store(c, c0, c1, c2);
        BatchTile<TSimd, TVector>.Store(d, d0, d1, d2);
    }

    private static void Sum2(float* w, int* source, int* end, float* z, float* a, float* b)
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

        BatchTile<TSimd, TVector>.Store(a, a0, a1, a2);
        BatchTile<TSimd, TVector>.Store(b, b0, b1, b2);
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
        int Rows, int FirstWeight, int FirstSource, int EndOfSources, int Chain, int A, int B, int C, int D);
}
