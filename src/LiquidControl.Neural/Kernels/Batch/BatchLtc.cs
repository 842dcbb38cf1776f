namespace LiquidControl.Neural.Kernels;

/// <summary>An LTC network for a tile of robots, in the order of <see cref="LtcKernel{TSimd, TVector}"/>.</summary>
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

    /// <summary>Mapped inputs; capacitance, current, conductance and every other unfold's state of each neuron; two sums.</summary>
    public override int WorkLength => _inputs + 4 * _units + 2;

    public override void Apply(float* z, float* timespan, float* state, float* output, float* work)
    {
        int lanes = BatchTile<TSimd, TVector>.Lanes;
        float* held = work + (_inputs + 2) * lanes;
        float* other = held + 3 * _units * lanes;
        float* old = z + _inputs * lanes;
        Map(z, work, _constants.InputWeight, _constants.InputBias, null);
        HoldInput(work, timespan, held);
        // The unfolds write by turns here and there, the last of them here.
        for (int left = _unfolds; left > 0; left--)
        {
            float* to = (left & 1) == 1 ? state : other;
            Unfold(old, to, held, work);
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
    private void HoldInput(float* mapped, float* timespan, float* held)
    {
        int lanes = BatchTile<TSimd, TVector>.Lanes;
        TVector offset = TSimd.Create(_timespanOffset), unfolds = TSimd.Create((float)_unfolds);
        for (int neuron = 0; neuron < _units; neuron++, held += 3 * lanes)
        {
            _sensory.Sum(neuron, mapped, held + lanes, held + 2 * lanes);
            TVector c = TSimd.Create(_constants.Capacitance[neuron]), leak = TSimd.Create(_constants.Leak[neuron]);
            TVector leakCurrent = TSimd.Create(_constants.LeakCurrent[neuron]);
            for (int lane = 0; lane < lanes; lane += TSimd.Width)
            {
                TVector step = TSimd.Divide(TSimd.Add(TSimd.Load(timespan + lane), offset), unfolds);
                TVector capacitance = TSimd.Divide(c, step);
                float* current = held + lanes + lane, conductance = held + 2 * lanes + lane;
                TSimd.Store(capacitance, held + lane);
                TSimd.Store(TSimd.Add(TSimd.Load(current), leakCurrent), current);
                TSimd.Store(TSimd.Add(TSimd.Add(capacitance, leak), TSimd.Load(conductance)), conductance);
            }
        }
    }

    private void Unfold(float* old, float* state, float* held, float* sums)
    {
        int lanes = BatchTile<TSimd, TVector>.Lanes;
        float* sources = old;
        float* conductance = sums + lanes;
        for (int neuron = 0; neuron < _units; neuron++, held += 3 * lanes, state += lanes, old += lanes)
        {
            _recurrent.Sum(neuron, sources, sums, conductance);
            for (int lane = 0; lane < lanes; lane += TSimd.Width)
            {
                TVector current = TSimd.Add(TSimd.Load(sums + lane), TSimd.Load(held + lanes + lane));
                TVector numerator = TSimd.MultiplyAdd(TSimd.Load(held + lane), TSimd.Load(old + lane), current);
                TVector denominator = TSimd.Add(TSimd.Load(held + 2 * lanes + lane), TSimd.Load(conductance + lane));
                TSimd.Store(TSimd.Divide(numerator, denominator), state + lane);
            }
        }
    }
}
