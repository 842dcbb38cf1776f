using System.Numerics;
using System.Runtime.Intrinsics;
using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Benchmarks.Kernel.Ode;

/// <summary>
/// The differential equation of an LTC network while its input is held, in vectors; see <see cref="Ltc{T}"/> for the equation. In the form
/// dx/dt = current + loss x, both over the capacitance: what is constant and what the input does is summed once a step.
/// </summary>
internal sealed unsafe class PackedEquation<TNumber, TLanes>
    where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
    where TLanes : struct, ILanes<TNumber>
{
    private readonly int[] _places;
    private readonly SynapseLists<TNumber, TLanes> _sensory;
    private readonly SynapseLists<TNumber, TLanes> _recurrent;
    private readonly AlignedBuffer<TNumber> _inputWeight;
    private readonly AlignedBuffer<TNumber> _inputBias;
    private readonly AlignedBuffer<TNumber> _mapped;
    private readonly AlignedBuffer<TNumber> _constantCurrent;
    private readonly AlignedBuffer<TNumber> _constantLoss;
    private readonly AlignedBuffer<TNumber> _current;
    private readonly AlignedBuffer<TNumber> _loss;

    public PackedEquation(LtcParameters<double> parameters)
    {
        Size = parameters.Capacitance.Length;
        Length = Align(Size);
        InputLength = Align(parameters.InputWeight.Length);
        // Neurons with about as many synapses share a block, so that its lists are of about one length.
        int[] order =
        [
            .. Enumerable.Range(0, Size)
                .OrderByDescending(neuron => Count(parameters.Recurrent, neuron))
                .ThenByDescending(neuron => Count(parameters.Sensory, neuron)),
        ];
        _places = new int[Size];
        for (int place = 0; place < Size; place++) _places[order[place]] = place;

        int[] inputs = [.. Enumerable.Range(0, parameters.InputWeight.Length)];
        _sensory = new SynapseLists<TNumber, TLanes>(parameters.Sensory, order, inputs, parameters.Capacitance);
        _recurrent = new SynapseLists<TNumber, TLanes>(parameters.Recurrent, order, _places, parameters.Capacitance);
        _inputWeight = Pack(parameters.InputWeight, InputLength);
        _inputBias = Pack(parameters.InputBias, InputLength);
        _constantCurrent = Pack([.. order.Select(neuron => ConstantCurrent(parameters, neuron))], Length);
        _constantLoss = Pack([.. order.Select(neuron => ConstantLoss(parameters, neuron))], Length);
        _mapped = new AlignedBuffer<TNumber>(InputLength);
        _current = new AlignedBuffer<TNumber>(Length);
        _loss = new AlignedBuffer<TNumber>(Length);
    }

    /// <summary>Of the state.</summary>
    public int Size { get; }

    /// <summary>Of the state in whole vectors; what is beyond its size stays as it is.</summary>
    public int Length { get; }

    /// <summary>Of the input in whole vectors.</summary>
    public int InputLength { get; }

    private static int Width => Vector256<TNumber>.Count;

    /// <summary>Where each neuron lies in the state.</summary>
    public ReadOnlySpan<int> Places => _places;

    /// <summary>Holds an input, before its mapping, from now on.</summary>
    /// <param name="input">In whole vectors.</param>
    public void Hold(TNumber* input)
    {
        for (int i = 0; i < InputLength; i += Width)
        {
            TLanes.MultiplyAdd(Vector256.Load(input + i), Vector256.Load(_inputWeight.Pointer + i), Vector256.Load(_inputBias.Pointer + i))
                .Store(_mapped.Pointer + i);
        }

        TNumber* slot = _sensory.Slots, mapped = _mapped.Pointer;
        TNumber** end = _sensory.Ends;
        for (int place = 0; place < Length; place += Width)
        {
            Vector256<TNumber> current = Vector256.Load(_constantCurrent.Pointer + place);
            Vector256<TNumber> loss = Vector256.Load(_constantLoss.Pointer + place);
            SynapseLists<TNumber, TLanes>.Add(slot, *end, mapped, ref current, ref loss);
            slot = *end++;
            current.Store(_current.Pointer + place);
            loss.Store(_loss.Pointer + place);
        }
    }

    /// <summary>Writes dx/dt.</summary>
    /// <param name="state">In whole vectors.</param>
    /// <param name="slopes">Where the first vector goes.</param>
    /// <param name="stride">From one vector of them to the next.</param>
    public void Derivative(TNumber* state, TNumber* slopes, int stride)
    {
        TNumber* slot = _recurrent.Slots, currents = _current.Pointer, losses = _loss.Pointer;
        TNumber** end = _recurrent.Ends;
        int length = Length;
        for (int place = 0; place < length; place += Width)
        {
            Vector256<TNumber> current = Vector256.Load(currents + place), loss = Vector256.Load(losses + place);
            SynapseLists<TNumber, TLanes>.Add(slot, *end, state, ref current, ref loss);
            slot = *end++;
            TLanes.MultiplyAdd(loss, Vector256.Load(state + place), current).Store(slopes);
            slopes += stride;
        }
    }

    private static double ConstantCurrent(LtcParameters<double> parameters, int neuron) =>
        (parameters.LeakConductance[neuron] * parameters.LeakPotential[neuron]
            + HalfOpen(parameters.Sensory, neuron, k => parameters.Sensory.Reversal[k])
            + HalfOpen(parameters.Recurrent, neuron, k => parameters.Recurrent.Reversal[k])) / parameters.Capacitance[neuron];

    private static double ConstantLoss(LtcParameters<double> parameters, int neuron) =>
        -(parameters.LeakConductance[neuron] + HalfOpen(parameters.Sensory, neuron, _ => 1.0)
            + HalfOpen(parameters.Recurrent, neuron, _ => 1.0)) / parameters.Capacitance[neuron];

    /// <summary>What half open synapses to a neuron pass.</summary>
    private static double HalfOpen(LtcSynapses<double> synapses, int neuron, Func<int, double> potential) =>
        Enumerable.Range(synapses.First[neuron], Count(synapses, neuron)).Sum(k => 0.5 * synapses.Weight[k] * potential(k));

    private static int Count(LtcSynapses<double> synapses, int neuron) => synapses.First[neuron + 1] - synapses.First[neuron];

    private static int Align(int length) => (length + Width - 1) / Width * Width;

    private static AlignedBuffer<TNumber> Pack(ReadOnlySpan<double> values, int length)
    {
        AlignedBuffer<TNumber> packed = new(length);
        for (int i = 0; i < values.Length; i++) packed.Span[i] = TNumber.CreateTruncating(values[i]);
        return packed;
    }
}
