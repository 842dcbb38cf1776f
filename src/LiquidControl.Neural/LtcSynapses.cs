using System.Numerics;
using LiquidControl.Numerics;

namespace LiquidControl.Neural;

/// <summary>
/// The synapses of an LTC network from one kind of source, those only that exist, grouped by destination: those of neuron j are
/// [First[j], First[j + 1]). Synapse k from source i passes the current w σ(slope (x_i - midpoint)) (reversal - x_j).
/// </summary>
public sealed class LtcSynapses<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    internal LtcSynapses(int[] first, int[] source, T[] weight, T[] slope, T[] midpoint, T[] reversal)
    {
        First = first;
        Source = source;
        Weight = weight;
        Slope = slope;
        Midpoint = midpoint;
        Reversal = reversal;
    }

    public int Count => Source.Length;

    /// <summary>[neuron + 1].</summary>
    public int[] First { get; }

    /// <summary>[synapse], the input or neuron it comes from.</summary>
    public int[] Source { get; }

    /// <summary>[synapse], the largest conductance, after its constraint.</summary>
    public T[] Weight { get; }

    /// <summary>[synapse], of the sigmoid.</summary>
    public T[] Slope { get; }

    /// <summary>[synapse], where the sigmoid is one half.</summary>
    public T[] Midpoint { get; }

    /// <summary>[synapse], the potential the synapse pulls towards.</summary>
    public T[] Reversal { get; }

    /// <summary>Σ R erev and Σ R over the synapses to one neuron, with R = w σ(slope (x - midpoint)).</summary>
    internal void Sum(int neuron, ReadOnlySpan<T> sources, out T current, out T conductance)
    {
        current = T.Zero;
        conductance = T.Zero;
        for (int k = First[neuron]; k < First[neuron + 1]; k++)
        {
            T r = Weight[k] * Activation(k, sources);
            current += r * Reversal[k];
            conductance += r;
        }
    }

    /// <summary>How far synapse k is open: σ(slope (x - midpoint)).</summary>
    internal T Activation(int k, ReadOnlySpan<T> sources) => Elementary.Sigmoid(Slope[k] * (sources[Source[k]] - Midpoint[k]));
}
