using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>An LTC network with the fused semi-implicit solver, with or without mixed memory; see <see cref="Ltc{T}"/> for the formulas.</summary>
internal readonly unsafe struct LtcNetwork<TSimd, TVector> : IFloatNetwork
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly MixedInput<TSimd, TVector>? _memory;
    private readonly PackedSynapses<TSimd, TVector> _sensory;
    private readonly PackedSynapses<TSimd, TVector> _recurrent;
    private readonly AlignedBuffer<float> _inputWeight;
    private readonly AlignedBuffer<float> _inputBias;
    private readonly AlignedBuffer<float> _capacitance;
    private readonly AlignedBuffer<float> _leak;
    private readonly AlignedBuffer<float> _leakCurrent;
    private readonly float[] _outputWeight;
    private readonly float[] _outputBias;
    private readonly int[] _outputPlaces;
    private readonly float _unfolds;
    private readonly float _timespanOffset;
    private readonly int _inputs;
    private readonly int _length;
    private readonly int _padded;

    public LtcNetwork(NetworkWeights weights, LtcArchitecture architecture)
    {
        LtcConstants constants = new(weights, architecture);
        int[] order = constants.Order;
        int units = order.Length;
        _inputs = constants.InputWeight.Length;
        _length = StepLayout.Align(units);
        _padded = (units + TSimd.Width - 1) / TSimd.Width * TSimd.Width;
        _sensory = constants.Sensory<TSimd, TVector>();
        _recurrent = constants.Recurrent<TSimd, TVector>();
        _inputWeight = Pack(constants.InputWeight, StepLayout.Align(_inputs), 0f);
        _inputBias = Pack(constants.InputBias, StepLayout.Align(_inputs), 0f);
        // A lane without a neuron divides by its capacitance.
        _capacitance = Pack(constants.Capacitance, _length, 1f);
        _leak = Pack(constants.Leak, _length, 0f);
        _leakCurrent = Pack(constants.LeakCurrent, _length, 0f);
        _outputWeight = constants.OutputWeight;
        _outputBias = constants.OutputBias;
        _outputPlaces = constants.Places[.._outputWeight.Length];
        _unfolds = architecture.OdeUnfolds;
        _timespanOffset = (float)architecture.TimespanOffset;

        _memory = MixedInput<TSimd, TVector>.Create(weights, order);
        Layout = new StepLayout(weights.Architecture.InputSize, units, _memory is null ? 0 : units, _outputWeight.Length);
        Places = Layout.Places(order, _memory is not null);
        WorkLength = StepLayout.Align(_inputs + TSimd.Width) + 4 * _length + (_memory?.WorkLength ?? 0);
    }

    public StepLayout Layout { get; }

    public int[] Places { get; }

    public int Output => Layout.Output;

    public int WorkLength { get; }

    public FiniteRange Range => FiniteRange.None;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(float* current, float* next, float* work, float timespan)
    {
        float* mapped = work + 4 * _length;
        float* input = current + Layout.Input;
        float* old = current + Layout.State;
        if (_memory is not null)
        {
            input = _memory.Apply(current, next, Layout, mapped + StepLayout.Align(_inputs + TSimd.Width));
            old = input + _inputs;
        }

        for (int i = 0; i < _inputs; i += TSimd.Width)
        {
            TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(input + i), TSimd.Load(_inputWeight.Pointer + i), TSimd.Load(_inputBias.Pointer + i)),
                mapped + i);
        }

        float* state = next + Layout.State;
        HoldInput(mapped, timespan, work);
        // The unfolds write by turns here and there, the last of them here.
        int unfolds = (int)_unfolds;
        float* other = work + 3 * _length;
        for (int left = unfolds; left > 0; left--)
        {
            float* to = (left & 1) == 1 ? state : other;
            Unfold(old, to, work);
            old = to;
        }

        float* output = next + Layout.Output;
        for (int k = 0; k < _outputPlaces.Length; k++)
            output[k] = float.FusedMultiplyAdd(state[_outputPlaces[k]], _outputWeight[k], _outputBias[k]);
    }

    /// <summary>What does not change from one unfold to the next: capacitance, current and conductance of each neuron.</summary>
    private void HoldInput(float* mapped, float timespan, float* held)
    {
        TVector step = TSimd.Create((timespan + _timespanOffset) / _unfolds);
        for (int place = 0, block = 0; place < _padded; place += TSimd.Width, block++)
        {
            _sensory.Sum(block, mapped, out TVector current, out TVector conductance);
            TVector capacitance = TSimd.Divide(TSimd.Load(_capacitance.Pointer + place), step);
            TSimd.Store(capacitance, held + place);
            TSimd.Store(TSimd.Add(current, TSimd.Load(_leakCurrent.Pointer + place)), held + _length + place);
            TSimd.Store(TSimd.Add(TSimd.Add(capacitance, TSimd.Load(_leak.Pointer + place)), conductance), held + 2 * _length + place);
        }
    }

    private void Unfold(float* old, float* state, float* held)
    {
        for (int place = 0, block = 0; place < _padded; place += TSimd.Width, block++)
        {
            _recurrent.Sum(block, old, out TVector current, out TVector conductance);
            current = TSimd.Add(current, TSimd.Load(held + _length + place));
            TVector numerator = TSimd.MultiplyAdd(TSimd.Load(held + place), TSimd.Load(old + place), current);
            TSimd.Store(TSimd.Divide(numerator, TSimd.Add(TSimd.Load(held + 2 * _length + place), conductance)), state + place);
        }
    }

    private static AlignedBuffer<float> Pack(ReadOnlySpan<float> values, int length, float padding)
    {
        var packed = new AlignedBuffer<float>(length);
        packed.Span.Fill(padding);
        values.CopyTo(packed.Span);
        return packed;
    }
}
