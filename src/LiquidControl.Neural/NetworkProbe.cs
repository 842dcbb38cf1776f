using System.Numerics;

namespace LiquidControl.Neural;

/// <summary>
/// What one step of a network computes on its way, one number a neuron. For a CfC the heads after their activation, the gate and the rate;
/// a CfC in mode pure has one head and no gate, an LTC has neither.
/// </summary>
internal sealed class NetworkProbe<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A head beyond this part of its range is saturated.</summary>
    public const double HeadEdge = 0.99;

    private const double GateEdge = 0.01;

    public NetworkProbe(int neurons)
    {
        Head1 = new T[neurons];
        Head2 = new T[neurons];
        Gate = new T[neurons];
        Rate = new T[neurons];
        Saturation = new T[neurons];
    }

    public T[] Head1 { get; }

    public T[] Head2 { get; }

    /// <summary>g.</summary>
    public T[] Gate { get; }

    /// <summary>
    /// One over the neuron's time constant, per timespan unit: |t_a| of the gate σ(t_a t + t_b), |w_tau| + |u1| in mode pure, and for an LTC
    /// (gleak + Σ R) / cm after the step.
    /// </summary>
    public T[] Rate { get; }

    /// <summary>
    /// 1 where a head or the gate is as good as at an end of its range, else 0; for an LTC the part of the neuron's synapses that are so.
    /// </summary>
    public T[] Saturation { get; }

    public static bool IsAtEnd(T sigmoid) => sigmoid < T.CreateTruncating(GateEdge) || sigmoid > T.CreateTruncating(1.0 - GateEdge);
}
