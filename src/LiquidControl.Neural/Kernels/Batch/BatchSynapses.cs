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
    /// <summary>Adds up the synapses to one neuron: Σ R erev and Σ R, a number of the tile each.</summary>
    public void Sum(int neuron, float* sources, float* current, float* conductance)
    {
        float* fields = synapses.Slots.Pointer + synapses.FirstSlot[neuron] * PackedSynapses<SimdScalar, float>.Fields;
        int* source = synapses.Sources.Pointer + synapses.FirstSlot[neuron];
        int* end = synapses.Sources.Pointer + synapses.FirstSlot[neuron + 1];
        TVector i0 = TSimd.Create(synapses.ConstantCurrent.Pointer[neuron]), i1 = i0, i2 = i0;
        TVector g0 = TSimd.Create(synapses.ConstantConductance.Pointer[neuron]), g1 = g0, g2 = g0;
        for (; source < end; source++, fields += PackedSynapses<SimdScalar, float>.Fields)
        {
            float* x = sources + *source * BatchTile<TSimd, TVector>.Lanes;
            Add(fields, TSimd.Load(x), ref i0, ref g0);
            Add(fields, TSimd.Load(x + TSimd.Width), ref i1, ref g1);
            Add(fields, TSimd.Load(x + 2 * TSimd.Width), ref i2, ref g2);
        }

        BatchTile<TSimd, TVector>.Store(current, i0, i1, i2);
        BatchTile<TSimd, TVector>.Store(conductance, g0, g1, g2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* fields, TVector x, ref TVector current, ref TVector conductance)
    {
        TVector open = FloatFunctions<TSimd, TVector>.Tanh(TSimd.MultiplyAdd(TSimd.Create(fields[0]), x, TSimd.Create(fields[1])));
        conductance = TSimd.MultiplyAdd(TSimd.Create(fields[2]), open, conductance);
        current = TSimd.MultiplyAdd(TSimd.Create(fields[3]), open, current);
    }
}
