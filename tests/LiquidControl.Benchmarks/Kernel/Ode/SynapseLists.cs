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
    /// <summary>Vectors of a slot: sources (integers of 32 bits), slope, offset, current, loss.</summary>
    private const int Fields = 5;

    // A slot holds a synapse to each neuron of a block; a block's slots follow those of the block before.
    private readonly AlignedBuffer<TNumber> _slots;
    private readonly AlignedBuffer<nint> _ends;

    /// <param name="synapses">Of the network.</param>
    /// <param name="order">The neuron at each place.</param>
    /// <param name="sourcePlaces">Where each source lies in the vector that <see cref="Add"/> reads.</param>
    /// <param name="capacitance">[neuron].</param>
    public SynapseLists(LtcSynapses<double> synapses, int[] order, ReadOnlySpan<int> sourcePlaces, ReadOnlySpan<double> capacitance)
    {
        int[] lengths = [.. order.Chunk(Width).Select(block => block.Max(neuron => synapses.First[neuron + 1] - synapses.First[neuron]))];
        _slots = new AlignedBuffer<TNumber>(lengths.Sum() * SlotLength);
        _ends = new AlignedBuffer<nint>(lengths.Length);
        TNumber* slot = _slots.Pointer;
        for (int block = 0; block < lengths.Length; block++)
        {
            for (int place = block * Width; place < Math.Min((block + 1) * Width, order.Length); place++)
                Pack(synapses, order[place], slot, place % Width, sourcePlaces, capacitance);
            slot += lengths[block] * SlotLength;
            _ends.Span[block] = (nint)slot;
        }
    }

    /// <summary>The first block's first slot.</summary>
    public TNumber* Slots => _slots.Pointer;

    /// <summary>Where the slots of each block end and those of the next begin.</summary>
    public TNumber** Ends => (TNumber**)_ends.Pointer;

    private static int Width => Vector256<TNumber>.Count;

    private static int SlotLength => Fields * Width;

    /// <summary>Adds what the synapses to one block of neurons do, but for the half of each that does not depend on its source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(TNumber* slot, TNumber* end, TNumber* sources, ref Vector256<TNumber> current, ref Vector256<TNumber> loss)
    {
        Vector256<TNumber> currents = current, losses = loss;
        for (; slot < end; slot += SlotLength)
        {
            Vector256<TNumber> x = TLanes.Gather(sources, (int*)slot);
            Vector256<TNumber> open = TLanes.Tanh(TLanes.MultiplyAdd(Vector256.Load(slot + Width), x, Vector256.Load(slot + 2 * Width)));
            currents = TLanes.MultiplyAdd(Vector256.Load(slot + 3 * Width), open, currents);
            losses = TLanes.MultiplyAdd(Vector256.Load(slot + 4 * Width), open, losses);
        }

        current = currents;
        loss = losses;
    }

    private static void Pack(
        LtcSynapses<double> synapses, int neuron, TNumber* slot, int lane, ReadOnlySpan<int> sourcePlaces, ReadOnlySpan<double> capacitance)
    {
        for (int k = synapses.First[neuron]; k < synapses.First[neuron + 1]; k++, slot += SlotLength)
        {
            double half = 0.5 * synapses.Weight[k] / capacitance[neuron], slope = 0.5 * synapses.Slope[k];
            ((int*)slot)[lane] = sourcePlaces[synapses.Source[k]];
            slot[Width + lane] = TNumber.CreateTruncating(slope);
            slot[2 * Width + lane] = TNumber.CreateTruncating(-slope * synapses.Midpoint[k]);
            slot[3 * Width + lane] = TNumber.CreateTruncating(half * synapses.Reversal[k]);
            slot[4 * Width + lane] = TNumber.CreateTruncating(-half);
        }
    }
}
