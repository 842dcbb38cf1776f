using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiquidControl.Training.Cells;

/// <summary>
/// The synapses of an LTC from one kind of source: currents forward, gradients backward, for one neuron and one vector of lanes at a time.
/// What a sigmoid gave is computed again on the way back: that costs less than to fetch it from a record beyond the caches.
/// </summary>
internal sealed class LtcSynapseTape<T> where T : struct, INumber<T>
{
    private readonly LtcSynapseLayout _layout;
    private readonly LtcConstraint<T> _constraint;
    private readonly T[] _weight;
    private readonly T[] _slope;
    private readonly T[] _midpoint;
    private readonly T[] _reversal;
    private readonly T[] _weightGradient;
    private readonly T[] _slopeGradient;
    private readonly T[] _midpointGradient;
    private readonly T[] _reversalGradient;

    public LtcSynapseTape(LtcSynapseLayout layout, LtcConstraint<T> constraint)
    {
        _layout = layout;
        _constraint = constraint;
        _weight = new T[layout.Count];
        _slope = new T[layout.Count];
        _midpoint = new T[layout.Count];
        _reversal = new T[layout.Count];
        _weightGradient = new T[layout.Count * Lanes.Count];
        _slopeGradient = new T[layout.Count * Lanes.Count];
        _midpointGradient = new T[layout.Count * Lanes.Count];
        _reversalGradient = new T[layout.Count * Lanes.Count];
    }

    /// <summary>Takes up the parameters.</summary>
    public void Begin(ReadOnlySpan<T> parameters)
    {
        for (int k = 0; k < _layout.Count; k++)
        {
            int place = _layout.Place[k];
            _weight[k] = _constraint.Value(parameters[_layout.Weight + place]);
            _slope[k] = parameters[_layout.Slope + place];
            _midpoint[k] = parameters[_layout.Midpoint + place];
            _reversal[k] = parameters[_layout.Reversal + place];
        }
    }

    /// <summary>Gradients start from nothing.</summary>
    public void BeginBackward()
    {
        Array.Clear(_weightGradient);
        Array.Clear(_slopeGradient);
        Array.Clear(_midpointGradient);
        Array.Clear(_reversalGradient);
    }

    /// <summary>current += Σ R erev and conductance += Σ R over the synapses to one neuron, R = w σ(sigma (x − mu)).</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="sources">The sources' first lane of the vector.</param>
    /// <param name="current">Summed up.</param>
    /// <param name="conductance">Summed up.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int neuron, ref T sources, ref Vector256<T> current, ref Vector256<T> conductance)
    {
        for (int k = _layout.First[neuron]; k < _layout.First[neuron + 1]; k++)
        {
            Vector256<T> r = Vector256.Create(_weight[k]) * Opening(k, ref sources);
            current = Lanes.MultiplyAdd(r, Vector256.Create(_reversal[k]), current);
            conductance += r;
        }
    }

    /// <summary>
    /// From the loss gradients of one neuron's <see cref="Add"/> to those of the sources, which are added, and of the parameters, which are
    /// kept for <see cref="AddKept"/>.
    /// </summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="lane">The vector's first lane.</param>
    /// <param name="sources">The sources' first lane of the vector.</param>
    /// <param name="currentGradient">Of the current.</param>
    /// <param name="conductanceGradient">Of the conductance.</param>
    /// <param name="sourceGradients">Their first lane of the vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward(
        int neuron, int lane, ref T sources, Vector256<T> currentGradient, Vector256<T> conductanceGradient, ref T sourceGradients)
    {
        ref T dWeight = ref _weightGradient[0], dSlope = ref _slopeGradient[0];
        ref T dMidpoint = ref _midpointGradient[0], dReversal = ref _reversalGradient[0];
        for (int k = _layout.First[neuron]; k < _layout.First[neuron + 1]; k++)
        {
            int at = (k * Lanes.Count) + lane, from = _layout.Source[k] * Lanes.Count;
            Vector256<T> open = Opening(k, ref sources), weight = Vector256.Create(_weight[k]), slope = Vector256.Create(_slope[k]);
            Vector256<T> dr = Lanes.MultiplyAdd(currentGradient, Vector256.Create(_reversal[k]), conductanceGradient);
            Vector256<T> inner = dr * weight * open * (Vector256<T>.One - open);
            Vector256<T> distance = Lanes.Load(ref sources, from) - Vector256.Create(_midpoint[k]);
            Vector256<T> pull = inner * slope;
            Lanes.Store(Lanes.MultiplyAdd(dr, open, Lanes.Load(ref dWeight, at)), ref dWeight, at);
            Lanes.Store(Lanes.MultiplyAdd(inner, distance, Lanes.Load(ref dSlope, at)), ref dSlope, at);
            Lanes.Store(Lanes.Load(ref dMidpoint, at) - pull, ref dMidpoint, at);
            Lanes.Store(Lanes.MultiplyAdd(currentGradient, weight * open, Lanes.Load(ref dReversal, at)), ref dReversal, at);
            Lanes.Store(Lanes.Load(ref sourceGradients, from) + pull, ref sourceGradients, from);
        }
    }

    /// <summary>Adds the gradients kept since <see cref="BeginBackward"/>.</summary>
    public void AddKept(ReadOnlySpan<T> parameters, Span<T> gradient)
    {
        for (int k = 0; k < _layout.Count; k++)
        {
            int place = _layout.Place[k];
            T slope = _constraint.Slope(parameters[_layout.Weight + place]);
            gradient[_layout.Weight + place] += slope * Lanes.RowSum<T>(_weightGradient, k);
            gradient[_layout.Slope + place] += Lanes.RowSum<T>(_slopeGradient, k);
            gradient[_layout.Midpoint + place] += Lanes.RowSum<T>(_midpointGradient, k);
            gradient[_layout.Reversal + place] += Lanes.RowSum<T>(_reversalGradient, k);
        }
    }

    /// <summary>σ(sigma (x − mu)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<T> Opening(int k, ref T sources)
    {
        Vector256<T> x = Lanes.Load(ref sources, _layout.Source[k] * Lanes.Count);
        return LaneFunctions.Sigmoid(Vector256.Create(_slope[k]) * (x - Vector256.Create(_midpoint[k])));
    }
}
