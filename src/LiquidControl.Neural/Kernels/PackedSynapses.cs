namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The synapses of an LTC network from one kind of source, packed for one path: a block of neurons side by side, each with a list of the
/// synapses that exist, all lists of a block as long as its longest.
/// </summary>
/// <remarks>
/// A synapse's conductance is w σ(slope (x - midpoint)) = w/2 + w/2 tanh(slope/2 x - slope midpoint/2). The constant w/2 of all synapses to a
/// neuron is summed beforehand. A neuron's synapses are taken in the order of their sources.
/// </remarks>
internal sealed unsafe class PackedSynapses<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Vectors of a synapse: slope, offset, conductance, current.</summary>
    public const int Fields = 4;

    private readonly AlignedBuffer<float> _fields;
    private readonly AlignedBuffer<int> _sources;
    private readonly int[] _firstSlot;
    private readonly AlignedBuffer<float> _constantCurrent;
    private readonly AlignedBuffer<float> _constantConductance;

    /// <param name="synapses">Of the network.</param>
    /// <param name="order">The neuron at each place of the kernel's state.</param>
    /// <param name="sourcePlaces">Where each source lies in the vector that <see cref="Sum"/> reads.</param>
    public PackedSynapses(LtcSynapses<double> synapses, ReadOnlySpan<int> order, ReadOnlySpan<int> sourcePlaces)
    {
        int blocks = (order.Length + TSimd.Width - 1) / TSimd.Width;
        _constantCurrent = new AlignedBuffer<float>(blocks * TSimd.Width);
        _constantConductance = new AlignedBuffer<float>(blocks * TSimd.Width);
        _firstSlot = new int[blocks + 1];
        for (int place = 0; place < order.Length; place++)
        {
            int count = synapses.First[order[place] + 1] - synapses.First[order[place]];
            ref int slots = ref _firstSlot[place / TSimd.Width + 1];
            slots = int.Max(slots, count);
        }

        for (int block = 0; block < blocks; block++) _firstSlot[block + 1] += _firstSlot[block];
        _fields = new AlignedBuffer<float>(_firstSlot[blocks] * Fields * TSimd.Width);
        _sources = new AlignedBuffer<int>(_firstSlot[blocks] * TSimd.Width);
        for (int place = 0; place < order.Length; place++) Pack(synapses, order[place], place, sourcePlaces);
    }

    /// <summary>[slot][field], a vector each; a block's slots follow one another.</summary>
    public AlignedBuffer<float> Slots => _fields;

    /// <summary>[slot][lane], where each source lies.</summary>
    public AlignedBuffer<int> Sources => _sources;

    /// <summary>[block + 1], the first slot of each.</summary>
    public int[] FirstSlot => _firstSlot;

    /// <summary>[place], what does not depend on the sources.</summary>
    public AlignedBuffer<float> ConstantCurrent => _constantCurrent;

    /// <summary>[place], what does not depend on the sources.</summary>
    public AlignedBuffer<float> ConstantConductance => _constantConductance;

    /// <summary>Adds up the synapses to one block of neurons: Σ R erev and Σ R.</summary>
    public void Sum(int block, float* sources, out TVector current, out TVector conductance)
    {
        current = TSimd.Load(_constantCurrent.Pointer + block * TSimd.Width);
        conductance = TSimd.Load(_constantConductance.Pointer + block * TSimd.Width);
        float* fields = _fields.Pointer + _firstSlot[block] * Fields * TSimd.Width;
        int* places = _sources.Pointer + _firstSlot[block] * TSimd.Width;
        for (int* end = _sources.Pointer + _firstSlot[block + 1] * TSimd.Width; places < end; places += TSimd.Width)
        {
            TVector x = TSimd.Gather(sources, places);
            TVector open = FloatFunctions<TSimd, TVector>.Tanh(
                TSimd.MultiplyAdd(TSimd.Load(fields), x, TSimd.Load(fields + TSimd.Width)));
            conductance = TSimd.MultiplyAdd(TSimd.Load(fields + 2 * TSimd.Width), open, conductance);
            current = TSimd.MultiplyAdd(TSimd.Load(fields + 3 * TSimd.Width), open, current);
            fields += Fields * TSimd.Width;
        }
    }

    private void Pack(LtcSynapses<double> synapses, int neuron, int place, ReadOnlySpan<int> sourcePlaces)
    {
        int block = place / TSimd.Width, lane = place % TSimd.Width;
        double current = 0.0, conductance = 0.0;
        int slot = _firstSlot[block];
        for (int k = synapses.First[neuron]; k < synapses.First[neuron + 1]; k++, slot++)
        {
            double half = 0.5 * synapses.Weight[k], slope = 0.5 * synapses.Slope[k];
            Span<float> fields = _fields.Span.Slice(slot * Fields * TSimd.Width, Fields * TSimd.Width);
            fields[lane] = (float)slope;
            fields[TSimd.Width + lane] = (float)(-slope * synapses.Midpoint[k]);
            fields[2 * TSimd.Width + lane] = (float)half;
            fields[3 * TSimd.Width + lane] = (float)(half * synapses.Reversal[k]);
            _sources.Span[slot * TSimd.Width + lane] = sourcePlaces[synapses.Source[k]];
            conductance += half;
            current += half * synapses.Reversal[k];
        }

        _constantCurrent.Span[place] = (float)(current + 0.0);
        _constantConductance.Span[place] = (float)(conductance + 0.0);
    }
}
