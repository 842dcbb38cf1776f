using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>An LTC network for a tile of robots, in the order of <see cref="LtcNetwork{TSimd, TVector}"/>.</summary>
internal sealed unsafe class BatchLtc<TSimd, TVector> : BatchNeurons<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly LtcConstants _constants;
    private readonly BatchSynapses<TSimd, TVector> _sensory;
    private readonly BatchSynapses<TSimd, TVector> _recurrent;
    private readonly int _unfolds;
    private readonly float _timespanOffset;
    private readonly int _inputs;
    private readonly int _units;

    public BatchLtc(NetworkWeights weights, LtcArchitecture architecture)
        : this(architecture, new LtcConstants(weights, architecture))
    {
    }

    private BatchLtc(LtcArchitecture architecture, LtcConstants constants)
        : base(constants.Order)
    {
        _constants = constants;
        _sensory = new BatchSynapses<TSimd, TVector>(constants.Sensory<SimdScalar, float>());
        _recurrent = new BatchSynapses<TSimd, TVector>(constants.Recurrent<SimdScalar, float>());
        _unfolds = architecture.OdeUnfolds;
        _timespanOffset = (float)architecture.TimespanOffset;
        _inputs = constants.InputWeight.Length;
        _units = Order.Length;
    }

    /// <summary>Mapped inputs; capacitance, current, conductance and every other unfold's state of each neuron; synapses.</summary>
    public override int WorkLength => _inputs + 4 * _units + int.Max(_sensory.Count, _recurrent.Count);

    public override void Apply(float* z, float* timespan, float* state, float* output, float* work)
    {
        int lanes = BatchTile<TSimd, TVector>.Lanes;
        float* held = work + _inputs * lanes;
        float* other = held + 3 * _units * lanes;
        float* open = other + _units * lanes;
        float* old = z + _inputs * lanes;
        Map(z, work, _constants.InputWeight, _constants.InputBias, null);
        _sensory.Open(work, open);
        HoldInput(open, timespan, held);
        // The unfolds write by turns here and there, the last of them here.
        for (int left = _unfolds; left > 0; left--)
        {
            float* to = (left & 1) == 1 ? state : other;
            _recurrent.Open(old, open);
            Unfold(open, old, to, held);
            old = to;
        }

        Map(state, output, _constants.OutputWeight, _constants.OutputBias, _constants.Places);
    }

    /// <summary>y = w x + b, each of its own x.</summary>
    private static void Map(float* x, float* y, float[] weight, float[] bias, int[]? places)
    {
        int lanes = BatchTile<TSimd, TVector>.Lanes;
        for (int i = 0; i < weight.Length; i++, y += lanes)
        {
            float* from = x + (places is null ? i : places[i]) * lanes;
            TVector w = TSimd.Create(weight[i]), b = TSimd.Create(bias[i]);
            for (int lane = 0; lane < lanes; lane += TSimd.Width)
                TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(from + lane), w, b), y + lane);
        }
    }

    /// <summary>What does not change from one unfold to the next: capacitance, current and conductance of each neuron.</summary>
    private void HoldInput(float* open, float* timespan, float* held)
    {
        TVector offset = TSimd.Create(_timespanOffset), unfolds = TSimd.Create((float)_unfolds);
        TVector step0 = TSimd.Divide(TSimd.Add(TSimd.Load(timespan), offset), unfolds);
        TVector step1 = TSimd.Divide(TSimd.Add(TSimd.Load(timespan + TSimd.Width), offset), unfolds);
        TVector step2 = TSimd.Divide(TSimd.Add(TSimd.Load(timespan + 2 * TSimd.Width), offset), unfolds);
        for (int neuron = 0; neuron < _units; neuron++, held += 3 * BatchTile<TSimd, TVector>.Lanes)
        {
            _sensory.Sum(neuron, open, out TVector i0, out TVector i1, out TVector i2, out TVector g0, out TVector g1, out TVector g2);
            TVector leakCurrent = TSimd.Create(_constants.LeakCurrent[neuron]), leak = TSimd.Create(_constants.Leak[neuron]);
            TVector c = TSimd.Create(_constants.Capacitance[neuron]);
            Hold(held, TSimd.Divide(c, step0), TSimd.Add(i0, leakCurrent), leak, g0);
            Hold(held + TSimd.Width, TSimd.Divide(c, step1), TSimd.Add(i1, leakCurrent), leak, g1);
            Hold(held + 2 * TSimd.Width, TSimd.Divide(c, step2), TSimd.Add(i2, leakCurrent), leak, g2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Hold(float* held, TVector capacitance, TVector current, TVector leak, TVector conductance)
    {
        TSimd.Store(capacitance, held);
        TSimd.Store(current, held + BatchTile<TSimd, TVector>.Lanes);
        TSimd.Store(TSimd.Add(TSimd.Add(capacitance, leak), conductance), held + 2 * BatchTile<TSimd, TVector>.Lanes);
    }

    private void Unfold(float* open, float* old, float* state, float* held)
    {
        int lanes = BatchTile<TSimd, TVector>.Lanes;
        for (int neuron = 0; neuron < _units; neuron++, held += 3 * lanes, state += lanes, old += lanes)
        {
            _recurrent.Sum(neuron, open, out TVector i0, out TVector i1, out TVector i2, out TVector g0, out TVector g1, out TVector g2);
            TSimd.Store(State(held, old, i0, g0), state);
            TSimd.Store(State(held + TSimd.Width, old + TSimd.Width, i1, g1), state + TSimd.Width);
            TSimd.Store(State(held + 2 * TSimd.Width, old + 2 * TSimd.Width, i2, g2), state + 2 * TSimd.Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector State(float* held, float* old, TVector current, TVector conductance)
    {
        current = TSimd.Add(current, TSimd.Load(held + BatchTile<TSimd, TVector>.Lanes));
        TVector numerator = TSimd.MultiplyAdd(TSimd.Load(held), TSimd.Load(old), current);
        return TSimd.Divide(numerator, TSimd.Add(TSimd.Load(held + 2 * BatchTile<TSimd, TVector>.Lanes), conductance));
    }
}
