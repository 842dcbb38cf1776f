using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The synapses of an LTC network from one kind of source for a tile of robots: those that exist, a neuron's in the order of
/// <see cref="PackedSynapses{TSimd, TVector}"/>, their numbers shared by all robots.
/// </summary>
/// <param name="synapses">One neuron a block.</param>
internal sealed unsafe class BatchSynapses<TSimd, TVector>(PackedSynapses<SimdScalar, float> synapses)
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Synapses, each of which has a number of the tile in what <see cref="Open"/> writes.</summary>
    public int Count => synapses.FirstSlot[^1];

    /// <summary>
    /// How far each synapse is open, from -1 to 1. All of them in one loop: a neuron's are too few for the tanh of one to hide in the next.
    /// </summary>
    public void Open(float* sources, float* open)
    {
        float* fields = synapses.Slots.Pointer;
        int* source = synapses.Sources.Pointer;
        for (int* end = source + Count; source < end; source++, fields += PackedSynapses<SimdScalar, float>.Fields)
        {
            float* x = sources + *source * BatchTile<TSimd, TVector>.Lanes;
            TVector slope = TSimd.Create(fields[0]), offset = TSimd.Create(fields[1]);
            for (int lane = 0; lane < BatchTile<TSimd, TVector>.Lanes; lane += TSimd.Width, open += TSimd.Width)
                TSimd.Store(FloatFunctions<TSimd, TVector>.Tanh(TSimd.MultiplyAdd(slope, TSimd.Load(x + lane), offset)), open);
        }
    }

    /// <summary>Adds up the synapses to one neuron: Σ R erev and Σ R, each in three vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Sum(
        int neuron, float* open, out TVector i0, out TVector i1, out TVector i2, out TVector g0, out TVector g1, out TVector g2)
    {
        int first = synapses.FirstSlot[neuron];
        float* fields = synapses.Slots.Pointer + first * PackedSynapses<SimdScalar, float>.Fields;
        i0 = i1 = i2 = TSimd.Create(synapses.ConstantCurrent.Pointer[neuron]);
        g0 = g1 = g2 = TSimd.Create(synapses.ConstantConductance.Pointer[neuron]);
        open += first * BatchTile<TSimd, TVector>.Lanes;
        for (int left = synapses.FirstSlot[neuron + 1] - first; left > 0; left--)
        {
            TVector o0 = TSimd.Load(open), o1 = TSimd.Load(open + TSimd.Width), o2 = TSimd.Load(open + 2 * TSimd.Width);
            TVector conductance = TSimd.Create(fields[2]), current = TSimd.Create(fields[3]);
            g0 = TSimd.MultiplyAdd(conductance, o0, g0);
            g1 = TSimd.MultiplyAdd(conductance, o1, g1);
            g2 = TSimd.MultiplyAdd(conductance, o2, g2);
            i0 = TSimd.MultiplyAdd(current, o0, i0);
            i1 = TSimd.MultiplyAdd(current, o1, i1);
            i2 = TSimd.MultiplyAdd(current, o2, i2);
            fields += PackedSynapses<SimdScalar, float>.Fields;
            open += BatchTile<TSimd, TVector>.Lanes;
        }
    }
}
