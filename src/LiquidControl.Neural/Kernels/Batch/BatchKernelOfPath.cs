namespace LiquidControl.Neural.Kernels;

/// <summary>A batch kernel on one path. A dense CfC is one layer of cells, behind a backbone if it has one; a wired one has several.</summary>
internal sealed unsafe class BatchKernel<TSimd, TVector> : BatchKernel
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>The readout takes states by eight.</summary>
    private const int Block = 8;

    private static readonly int Lanes = BatchLayer<TSimd, TVector>.Lanes;

    private readonly BatchLayer<TSimd, TVector>[] _backbone = [];
    private readonly int _backboneUnits;
    private readonly Activation _activation;
    private readonly BatchCell<TSimd, TVector>[] _cells;
    private readonly int[] _sizes;
    private readonly BatchReadout<TSimd, TVector>? _readout;
    private readonly int _sumsLength;
    private readonly int _readLength;

    public BatchKernel(NetworkWeights weights, KernelPath path, float? constantTimespan)
        : base(weights.Architecture, path, constantTimespan)
    {
        if (weights.Architecture is CfcArchitecture dense)
        {
            _activation = dense.Activation;
            _backboneUnits = dense.BackboneUnits;
            _backbone = [.. Enumerable.Range(0, dense.BackboneLayers).Select(layer => Pack(BackboneRows.Read(weights, dense, layer)))];
            _sizes = [dense.Units];
            _cells = [Cell(weights, key => key, dense.Mode, dense.HeadActivation, [], BackboneRows.Factor(dense))];
            _readLength = dense.BackboneLayers == 0 ? 0 : 2 * dense.BackboneUnits;
            if (dense.ProjectionSize is not null) _readout = new BatchReadout<TSimd, TVector>(LinearRows.Read(weights, CfcKeys.Projection));
        }
        else
        {
            WiredCfcArchitecture wired = (WiredCfcArchitecture)weights.Architecture;
            _sizes = [.. wired.Wiring.LayerSizes];
            _cells = [.. Enumerable.Range(0, _sizes.Length).Select(layer => Cell(weights, key => CfcKeys.OfLayer(layer, key), wired.Mode,
                wired.HeadActivation, weights[CfcKeys.OfLayer(layer, CfcKeys.Mask)].ToArray(), 1.0))];
            _readLength = Enumerable.Range(0, _sizes.Length).Max(wired.HeadInputSize);
            if (wired.ProjectionSize is not null) _readout = new BatchReadout<TSimd, TVector>(LinearRows.Read(weights, CfcKeys.Projection));
        }

        _sumsLength = _cells.Max(cell => cell.SumsLength);
    }

    private int TileLength => (InputSize + StateSize + Block + OutputSize) * Lanes;

    private int FirstOutput => _readout is null ? InputSize + StateSize - OutputSize : InputSize + StateSize + Block;

    public override BatchState CreateState(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new BatchState(this, count, Lanes, TileLength, _sumsLength + _readLength * Lanes);
    }

    private protected override StepResult Advance(BatchState state, ReadOnlySpan<float> inputs, float timespan, Span<float> outputs)
    {
        for (int tile = 0; tile < state.Tiles; tile++)
        {
            int first = tile * Lanes;
            int robots = int.Min(Lanes, state.Count - first);
            float* current = state.Current(tile);
            if (!Spread(inputs.Slice(first * InputSize, robots * InputSize), current)) return StepResult.InputNotFinite;
            AdvanceTile(current, state.Next(tile), timespan, state.Work);
            if (!AreFinite(state.Next(tile) + InputSize * Lanes, TileLength - InputSize * Lanes)) return StepResult.ResultNotFinite;
        }

        for (int robot = 0; robot < state.Count; robot++)
        {
            float* from = state.Next(robot / Lanes) + FirstOutput * Lanes + robot % Lanes;
            foreach (ref float value in outputs.Slice(robot * OutputSize, OutputSize))
            {
                value = *from;
                from += Lanes;
            }
        }

        state.Commit();
        return StepResult.Ok;
    }

    private void AdvanceTile(float* current, float* next, float timespan, float* sums)
    {
        float* read = sums + _sumsLength;
        float* newState = next + InputSize * Lanes;
        if (_sizes.Length == 1)
        {
            _cells[0].Apply(ApplyBackbone(current, read), timespan, sums, newState);
        }
        else
        {
            float* before = current;
            float* old = current + InputSize * Lanes;
            float* to = newState;
            int sources = InputSize;
            for (int layer = 0; layer < _cells.Length; layer++)
            {
                Copy(before, read, sources);
                Copy(old, read + sources * Lanes, _sizes[layer]);
                _cells[layer].Apply(read, timespan, sums, to);
                before = to;
                sources = _sizes[layer];
                to += sources * Lanes;
                old += sources * Lanes;
            }

            newState = before;
        }

        _readout?.Apply(newState, next + FirstOutput * Lanes);
    }

    private float* ApplyBackbone(float* z, float* work)
    {
        float* layer = work;
        float* other = work + _backboneUnits * Lanes;
        foreach (BatchLayer<TSimd, TVector> backbone in _backbone)
        {
            backbone.Apply(z, layer);
            PackedActivation<TSimd, TVector>.Apply(_activation, layer, _backboneUnits * Lanes);
            z = layer;
            layer = other;
            other = z;
        }

        return z;
    }

    private BatchCell<TSimd, TVector> Cell(
        NetworkWeights weights, Func<string, string> key, CfcMode mode, HeadActivation activation, double[] mask, double factor)
    {
        CellRows cell = CellRows.Read(weights, key, mode, activation, mask, factor, ConstantTimespan);
        return new BatchCell<TSimd, TVector>(cell, cell.Solution<TSimd, TVector>(mode, activation, ConstantTimespan, Lanes));
    }

    private static BatchLayer<TSimd, TVector> Pack(LinearRows rows)
    {
        var layer = new BatchLayer<TSimd, TVector>(rows);
        for (int row = 0; row < rows.Rows; row += 4)
        {
            // The last row may be computed more than once.
            int[] group = [.. Enumerable.Range(row, rows.Rows - row > 2 ? 4 : 2).Select(i => int.Min(i, rows.Rows - 1))];
            layer.Add(group, [.. group.Select(i => i * Lanes)], TSimd.Width, column => true);
        }

        layer.Pack();
        return layer;
    }

    /// <summary>Puts each robot's inputs into its lane; whether all are finite.</summary>
    private bool Spread(ReadOnlySpan<float> inputs, float* to)
    {
        int size = InputSize;
        nint lanes = Lanes;
        for (int robot = 0; robot * size < inputs.Length; robot++)
        {
            float* lane = to + robot;
            foreach (float value in inputs.Slice(robot * size, size))
            {
                *lane = value;
                lane += lanes;
            }
        }

        return AreFinite(to, InputSize * Lanes);
    }

    private static void Copy(float* from, float* to, int numbers)
    {
        for (int i = 0; i < numbers * Lanes; i += TSimd.Width) TSimd.Store(TSimd.Load(from + i), to + i);
    }

    private static bool AreFinite(float* from, int length)
    {
        TVector zero = TSimd.Create(0f), sum = zero;
        for (int i = 0; i < length; i += TSimd.Width) sum = TSimd.MultiplyAdd(TSimd.Load(from + i), zero, sum);
        return TSimd.IsOrdered(sum);
    }
}
