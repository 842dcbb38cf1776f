using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LiquidControl.Neural;

namespace LiquidControl.Training.Cells;

/// <summary>
/// The passes of an LTC through its unfolds (formulas: <see cref="Ltc{T}"/>). With N and D the numerator and the denominator of an unfold,
/// x' = N / D: dN = dx' / D and dD = −dN x'. Recorded are the states before and after every unfold and the denominators.
/// </summary>
internal sealed class LtcTape<T> : CellTape<T> where T : struct, INumber<T>
{
    private readonly LtcLayout _layout;
    private readonly LtcConstraint<T> _constraint;
    private readonly LtcSynapseTape<T> _recurrent;
    private readonly LtcSynapseTape<T> _sensory;
    private readonly LtcInputTape<T> _inputs;
    private readonly int _unfolds;
    private readonly int _unitRow;
    private readonly T[] _leak;
    private readonly T[] _capacitance;
    private readonly T[] _states;
    private readonly T[] _denominators;
    private readonly T[] _current;
    private readonly T[] _conductance;
    private readonly T[] _rate = new T[Lanes.Count];
    private readonly T[] _stateGradient;
    private readonly T[] _currentGradient;
    private readonly T[] _conductanceGradient;
    private readonly T[] _chargeGradient;
    private readonly T[] _mappedGradient;
    private readonly T[] _leakGradient;
    private readonly T[] _potentialGradient;
    private readonly T[] _capacitanceGradient;

    public LtcTape(LtcLayout layout, int capacity)
    {
        _layout = layout;
        _constraint = new LtcConstraint<T>(layout.Architecture.ImplicitConstraints);
        _recurrent = new LtcSynapseTape<T>(layout.Recurrent, _constraint);
        _sensory = new LtcSynapseTape<T>(layout.Sensory, _constraint);
        _inputs = new LtcInputTape<T>(layout, capacity);
        _unfolds = layout.Architecture.OdeUnfolds;
        _unitRow = layout.StateSize * Lanes.Count;
        _leak = new T[layout.StateSize];
        _capacitance = new T[layout.StateSize];
        _states = new T[capacity * (_unfolds + 1) * _unitRow];
        _denominators = new T[capacity * _unfolds * _unitRow];
        _current = new T[_unitRow];
        _conductance = new T[_unitRow];
        _stateGradient = new T[_unitRow];
        _currentGradient = new T[_unitRow];
        _conductanceGradient = new T[_unitRow];
        _chargeGradient = new T[_unitRow];
        _mappedGradient = new T[layout.InputSize * Lanes.Count];
        _leakGradient = new T[_unitRow];
        _potentialGradient = new T[_unitRow];
        _capacitanceGradient = new T[_unitRow];
    }

    public override void Begin(ReadOnlySpan<T> parameters)
    {
        _recurrent.Begin(parameters);
        _sensory.Begin(parameters);
        for (int j = 0; j < _leak.Length; j++)
        {
            _leak[j] = _constraint.Value(parameters[_layout.LeakConductance + j]);
            _capacitance[j] = _constraint.Value(parameters[_layout.Capacitance + j]);
        }
    }

    public override void Forward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> input, ReadOnlySpan<T> timespans, ReadOnlySpan<T> state, Span<T> newState)
    {
        FindRate(timespans);
        _inputs.Forward(parameters, step, input);
        state.CopyTo(States(step, 0));
        ref T mapped = ref Lanes.Origin<T>(_inputs.Mapped(step), _mappedGradient.Length);
        for (int i = 0; i < _unitRow; i += Vector256<T>.Count)
        {
            int neuron = i / Lanes.Count, lane = i % Lanes.Count;
            Vector256<T> leak = Vector256.Create(_leak[neuron]);
            Vector256<T> current = leak * Vector256.Create(parameters[_layout.LeakPotential + neuron]);
            Vector256<T> conductance = leak + Charge(neuron, lane) + Lanes.Constant<T>(_layout.Architecture.Epsilon);
            _sensory.Add(neuron, ref Unsafe.Add(ref mapped, lane), ref current, ref conductance);
            Lanes.Store(current, ref _current[0], i);
            Lanes.Store(conductance, ref _conductance[0], i);
        }

        for (int unfold = 0; unfold < _unfolds; unfold++)
            Unfold(States(step, unfold), Denominators(step, unfold), States(step, unfold + 1));
        States(step, _unfolds).CopyTo(newState);
    }

    public override void BeginBackward()
    {
        _recurrent.BeginBackward();
        _sensory.BeginBackward();
        _inputs.BeginBackward();
        Array.Clear(_leakGradient);
        Array.Clear(_potentialGradient);
        Array.Clear(_capacitanceGradient);
    }

    public override void Backward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> timespans, ReadOnlySpan<T> newStateGradient, Span<T> stateGradient,
        Span<T> inputGradient)
    {
        FindRate(timespans);
        Array.Clear(_currentGradient);
        Array.Clear(_conductanceGradient);
        Array.Clear(_chargeGradient);
        newStateGradient.CopyTo(_stateGradient);
        for (int unfold = _unfolds - 1; unfold >= 0; unfold--)
        {
            stateGradient.Clear();
            UnfoldBack(States(step, unfold), Denominators(step, unfold), States(step, unfold + 1), stateGradient);
            stateGradient.CopyTo(_stateGradient);
        }

        BackwardThroughInputs(parameters, step);
        _inputs.Backward(parameters, step, _mappedGradient, inputGradient);
    }

    public override void AddKept(ReadOnlySpan<T> parameters, Span<T> gradient)
    {
        _recurrent.AddKept(parameters, gradient);
        _sensory.AddKept(parameters, gradient);
        _inputs.AddKept(gradient);
        for (int j = 0; j < _leak.Length; j++)
        {
            int leak = _layout.LeakConductance + j, capacitance = _layout.Capacitance + j;
            gradient[leak] += _constraint.Slope(parameters[leak]) * Lanes.RowSum<T>(_leakGradient, j);
            gradient[_layout.LeakPotential + j] += Lanes.RowSum<T>(_potentialGradient, j);
            gradient[capacitance] += _constraint.Slope(parameters[capacitance]) * Lanes.RowSum<T>(_capacitanceGradient, j);
        }
    }

    private void Unfold(ReadOnlySpan<T> state, Span<T> denominators, Span<T> newState)
    {
        ref T x = ref Lanes.Origin(state, _unitRow);
        ref T next = ref Lanes.Origin<T>(newState, _unitRow);
        ref T denominator = ref Lanes.Origin<T>(denominators, _unitRow);
        for (int i = 0; i < _unitRow; i += Vector256<T>.Count)
        {
            int neuron = i / Lanes.Count, lane = i % Lanes.Count;
            Vector256<T> current = Lanes.Load(ref _current[0], i), conductance = Lanes.Load(ref _conductance[0], i);
            _recurrent.Add(neuron, ref Unsafe.Add(ref x, lane), ref current, ref conductance);
            Lanes.Store(Lanes.MultiplyAdd(Charge(neuron, lane), Lanes.Load(ref x, i), current) / conductance, ref next, i);
            Lanes.Store(conductance, ref denominator, i);
        }
    }

    /// <summary>From <see cref="_stateGradient"/> after an unfold to the gradients of what went into it.</summary>
    private void UnfoldBack(ReadOnlySpan<T> state, ReadOnlySpan<T> denominators, ReadOnlySpan<T> newState, Span<T> stateGradient)
    {
        ref T x = ref Lanes.Origin(state, _unitRow);
        ref T next = ref Lanes.Origin(newState, _unitRow);
        ref T denominator = ref Lanes.Origin(denominators, _unitRow);
        ref T gradient = ref Lanes.Origin<T>(stateGradient, _unitRow);
        for (int i = 0; i < _unitRow; i += Vector256<T>.Count)
        {
            int neuron = i / Lanes.Count, lane = i % Lanes.Count;
            Vector256<T> dN = Lanes.Load(ref _stateGradient[0], i) / Lanes.Load(ref denominator, i);
            Vector256<T> dD = -(dN * Lanes.Load(ref next, i));
            AddTo(_currentGradient, i, dN);
            AddTo(_conductanceGradient, i, dD);
            AddTo(_chargeGradient, i, Lanes.MultiplyAdd(dN, Lanes.Load(ref x, i), dD));
            Lanes.Store(Lanes.MultiplyAdd(dN, Charge(neuron, lane), Lanes.Load(ref gradient, i)), ref gradient, i);
            _recurrent.Backward(neuron, lane, ref Unsafe.Add(ref x, lane), dN, dD, ref Unsafe.Add(ref gradient, lane));
        }
    }

    /// <summary>From the gradients of the step's constant terms to those of leak, capacitance and mapped input.</summary>
    private void BackwardThroughInputs(ReadOnlySpan<T> parameters, int step)
    {
        Array.Clear(_mappedGradient);
        ref T mapped = ref Lanes.Origin<T>(_inputs.Mapped(step), _mappedGradient.Length);
        ref T mappedGradient = ref _mappedGradient[0];
        for (int i = 0; i < _unitRow; i += Vector256<T>.Count)
        {
            int neuron = i / Lanes.Count, lane = i % Lanes.Count;
            Vector256<T> current = Lanes.Load(ref _currentGradient[0], i), conductance = Lanes.Load(ref _conductanceGradient[0], i);
            Vector256<T> potential = Vector256.Create(parameters[_layout.LeakPotential + neuron]);
            AddTo(_leakGradient, i, Lanes.MultiplyAdd(current, potential, conductance));
            AddTo(_potentialGradient, i, current * Vector256.Create(_leak[neuron]));
            AddTo(_capacitanceGradient, i, Lanes.Load(ref _chargeGradient[0], i) * Lanes.Load(ref _rate[0], lane));
            _sensory.Backward(
                neuron, lane, ref Unsafe.Add(ref mapped, lane), current, conductance, ref Unsafe.Add(ref mappedGradient, lane));
        }
    }

    /// <summary>Unfolds per elapsed time.</summary>
    private void FindRate(ReadOnlySpan<T> timespans)
    {
        ref T elapsed = ref Lanes.Origin(timespans, Lanes.Count);
        Vector256<T> offset = Lanes.Constant<T>(_layout.Architecture.TimespanOffset);
        for (int lane = 0; lane < Lanes.Count; lane += Vector256<T>.Count)
            Lanes.Store(Lanes.Constant<T>(_unfolds) / (Lanes.Load(ref elapsed, lane) + offset), ref _rate[0], lane);
    }

    /// <summary>cm / (dt / unfolds).</summary>
    private Vector256<T> Charge(int neuron, int lane) => Vector256.Create(_capacitance[neuron]) * Lanes.Load(ref _rate[0], lane);

    private static void AddTo(T[] sums, int at, Vector256<T> term) => Lanes.Store(Lanes.Load(ref sums[0], at) + term, ref sums[0], at);

    private Span<T> States(int step, int unfold) => _states.AsSpan(((step * (_unfolds + 1)) + unfold) * _unitRow, _unitRow);

    private Span<T> Denominators(int step, int unfold) => _denominators.AsSpan(((step * _unfolds) + unfold) * _unitRow, _unitRow);
}
