using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Benchmarks.Kernel.Ode;

/// <summary>
/// The synapses of an LTC network from one kind of source, packed as <see cref="PackedSynapses{TSimd, TVector}"/> packs them: a block of
/// neurons side by side, each with a list of the synapses that exist, σ as 1/2 + 1/2 tanh. Two things are folded in besides, for a
/// derivative: each neuron's capacitance, and the sign of the conductance.
/// </summary>
internal sealed unsafe class SynapseLists<TNumber, TLanes>
    where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
    where TLanes : struct, ILanes<TNumber>
{
    /// <summary>Vectors of a synapse: slope, offset, current, loss.</summary>
    private const int Fields = 4;

    private readonly AlignedBuffer<TNumber> _fields;
    private readonly AlignedBuffer<int> _sources;
    private readonly int[] _firstSlot;

    /// <param name="synapses">Of the network.</param>
    /// <param name="order">The neuron at each place.</param>
    /// <param name="sourcePlaces">Where each source lies in the vector that <see cref="Add"/> reads.</param>
    /// <param name="capacitance">[neuron].</param>
    public SynapseLists(LtcSynapses<double> synapses, ReadOnlySpan<int> order, ReadOnlySpan<int> sourcePlaces, ReadOnlySpan<double> capacitance)
    {
        int blocks = (order.Length + Width - 1) / Width;
        _firstSlot = new int[blocks + 1];
        for (int place = 0; place < order.Length; place++)
        {
            int count = synapses.First[order[place] + 1] - synapses.First[order[place]];
            ref int slots = ref _firstSlot[place / Width + 1];
            slots = int.Max(slots, count);
        }

        for (int block = 0; block < blocks; block++) _firstSlot[block + 1] += _firstSlot[block];
        _fields = new AlignedBuffer<TNumber>(_firstSlot[blocks] * Fields * Width);
        _sources = new AlignedBuffer<int>(_firstSlot[blocks] * Width);
        for (int place = 0; place < order.Length; place++)
        {
            int neuron = order[place];
            int slot = _firstSlot[place / Width], lane = place % Width;
            for (int k = synapses.First[neuron]; k < synapses.First[neuron + 1]; k++, slot++)
            {
                double half = 0.5 * synapses.Weight[k] / capacitance[neuron], slope = 0.5 * synapses.Slope[k];
                Span<TNumber> fields = _fields.Span.Slice(slot * Fields * Width, Fields * Width);
                fields[lane] = TNumber.CreateTruncating(slope);
                fields[Width + lane] = TNumber.CreateTruncating(-slope * synapses.Midpoint[k]);
                fields[2 * Width + lane] = TNumber.CreateTruncating(half * synapses.Reversal[k]);
                fields[3 * Width + lane] = TNumber.CreateTruncating(-half);
                _sources.Span[slot * Width + lane] = sourcePlaces[synapses.Source[k]];
            }
        }
    }

    private static int Width => Vector256<TNumber>.Count;

    /// <summary>Adds what the synapses to one block of neurons do, but for the half of each that does not depend on its source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int block, TNumber* sources, ref Vector256<TNumber> current, ref Vector256<TNumber> loss)
    {
        Vector256<TNumber> currents = current, losses = loss;
        TNumber* fields = _fields.Pointer + _firstSlot[block] * Fields * Width;
        int* places = _sources.Pointer + _firstSlot[block] * Width;
        for (int* end = _sources.Pointer + _firstSlot[block + 1] * Width; places < end; places += Width)
        {
            Vector256<TNumber> x = TLanes.Gather(sources, places);
            Vector256<TNumber> open = TLanes.Tanh(TLanes.MultiplyAdd(Vector256.Load(fields), x, Vector256.Load(fields + Width)));
            currents = TLanes.MultiplyAdd(Vector256.Load(fields + 2 * Width), open, currents);
            losses = TLanes.MultiplyAdd(Vector256.Load(fields + 3 * Width), open, losses);
            fields += Fields * Width;
        }

        current = currents;
        loss = losses;
    }
}
