using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>A batch kernel on one path: each tile goes through the whole step while it is in the cache.</summary>
internal sealed unsafe class BatchKernel<TSimd, TVector> : BatchKernel
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly BatchMemory<TSimd, TVector>? _memory;
    private readonly BatchNeurons<TSimd, TVector> _neurons;
    private readonly AlignedBuffer<int> _robots;
    private readonly int[] _places;

    public BatchKernel(NetworkWeights weights, KernelPath path, float? constantTimespan)
        : base(weights.Architecture, path, constantTimespan)
    {
        _neurons = BatchNeurons<TSimd, TVector>.Create(weights, constantTimespan);
        int[] order = _neurons.Order;
        _memory = BatchMemory<TSimd, TVector>.Create(weights, order);
        _places = new int[StateSize];
        for (int place = 0; place < StateSize; place++)
            _places[place / order.Length * order.Length + order[place % order.Length]] = InputSize + place;

        _robots = new AlignedBuffer<int>(TSimd.Width);
        for (int lane = 0; lane < TSimd.Width; lane++) _robots.Span[lane] = lane * InputSize;
    }

    private static int Lanes => BatchTile<TSimd, TVector>.Lanes;

    private int FirstOutput => InputSize + StateSize;

    public override BatchState CreateState(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        // The timespans come first.
        return new BatchState(this, count, Lanes, _places, FirstOutput + OutputSize, 1 + _neurons.WorkLength + (_memory?.WorkLength ?? 0));
    }

    private protected override StepResult Advance(
        BatchState state, ReadOnlySpan<float> inputs, ReadOnlySpan<float> timespans, Span<float> outputs)
    {
        new Span<float>(state.Work, Lanes).Fill(timespans[0]);
        for (int tile = 0; tile < state.Tiles; tile++)
        {
            int first = tile * Lanes;
            int robots = int.Min(Lanes, state.Count - first);
            float* current = state.Current(tile);
            float* next = state.Next(tile);
            if (timespans.Length > 1) timespans.Slice(first, robots).CopyTo(new Span<float>(state.Work, robots));
            if (!Spread(inputs.Slice(first * InputSize, robots * InputSize), robots, current)) return StepResult.InputNotFinite;
            AdvanceTile(current, next, state.Work);
            if (!BatchTile<TSimd, TVector>.AreFinite(next + InputSize * Lanes, StateSize + OutputSize)
                && !RobotsAreFinite(next, robots))
            {
                return StepResult.ResultNotFinite;
            }
        }

        for (int tile = 0; tile < state.Tiles; tile++)
        {
            int first = tile * Lanes;
            int robots = int.Min(Lanes, state.Count - first);
            Collect(state.Next(tile) + FirstOutput * Lanes, robots, ref outputs[first * OutputSize]);
        }

        state.Commit();
        return StepResult.Ok;
    }

    private void AdvanceTile(float* current, float* next, float* work)
    {
        float* z = current;
        float* state = next + InputSize * Lanes;
        float* free = work + Lanes;
        if (_memory is not null)
            z = _memory.Apply(current, state + _neurons.Order.Length * Lanes, free + _neurons.WorkLength * Lanes);
        _neurons.Apply(z, work, state, next + FirstOutput * Lanes, free);
    }

    /// <summary>Puts each robot's inputs into its lane; whether all are finite.</summary>
    private bool Spread(ReadOnlySpan<float> inputs, int robots, float* to)
    {
        int size = InputSize;
        fixed (float* from = inputs)
        {
            int robot = 0;
            for (; robot + TSimd.Width <= robots; robot += TSimd.Width)
            {
                float* source = from + robot * size;
                float* lane = to + robot;
                for (int i = 0; i < size; i++, lane += Lanes) TSimd.Store(TSimd.Gather(source + i, _robots.Pointer), lane);
            }

            for (; robot < robots; robot++)
            {
                for (int i = 0; i < size; i++) to[i * Lanes + robot] = from[robot * size + i];
            }
        }

        return BatchTile<TSimd, TVector>.AreFinite(to, size);
    }

    /// <summary>Puts the outputs of each robot side by side.</summary>
    private void Collect(float* from, int robots, ref float to)
    {
        nint size = OutputSize;
        for (int robot = 0; robot < robots; robot++)
        {
            float* lane = from + robot;
            for (nint i = 0; i < size; i++, lane += Lanes) Unsafe.Add(ref to, i) = *lane;
            to = ref Unsafe.Add(ref to, size);
        }
    }

    /// <summary>
    /// Whether the numbers of all robots of a tile are finite. A lane without a robot goes on from zero where it has overflowed: nobody could
    /// reset it.
    /// </summary>
    private bool RobotsAreFinite(float* next, int robots)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            bool isFinite = true;
            for (int i = InputSize; i < FirstOutput + OutputSize; i++) isFinite &= float.IsFinite(next[i * Lanes + lane]);
            if (isFinite) continue;
            if (lane < robots) return false;
            for (int i = InputSize; i < FirstOutput; i++) next[i * Lanes + lane] = 0f;
        }

        return true;
    }
}
