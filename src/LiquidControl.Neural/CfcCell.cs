using System.Numerics;
using LiquidControl.Numerics;

namespace LiquidControl.Neural;

/// <summary>The heads of a CfC cell and how they combine; see <see cref="Cfc{T}"/> for the formulas.</summary>
internal sealed class CfcCell<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly CfcMode _mode;
    private readonly HeadActivation _activation;
    private readonly LinearLayer<T> _head1;
    private readonly LinearLayer<T>? _head2;
    private readonly LinearLayer<T>? _timeA;
    private readonly LinearLayer<T>? _timeB;
    private readonly T[] _timeConstant = [];
    private readonly T[] _amplitude = [];

    /// <param name="weights">Where the cell's tensors are.</param>
    /// <param name="key">The key a tensor of this cell has, given the dense cell's.</param>
    /// <param name="mode">How the heads combine.</param>
    /// <param name="activation">What the heads go through.</param>
    /// <param name="mask">1 for each weight of the heads that is a synapse; empty: all are. The time heads are never masked.</param>
    public CfcCell(NetworkWeights weights, Func<string, string> key, CfcMode mode, HeadActivation activation, ReadOnlySpan<double> mask)
    {
        _mode = mode;
        _activation = activation;
        _head1 = new LinearLayer<T>(weights, key(CfcKeys.Head1), mask);
        if (mode == CfcMode.Pure)
        {
            _timeConstant = LinearLayer<T>.Round(weights[key(CfcKeys.TimeConstant)]);
            _amplitude = LinearLayer<T>.Round(weights[key(CfcKeys.Amplitude)]);
        }
        else
        {
            _head2 = new LinearLayer<T>(weights, key(CfcKeys.Head2), mask);
            _timeA = new LinearLayer<T>(weights, key(CfcKeys.TimeA));
            _timeB = new LinearLayer<T>(weights, key(CfcKeys.TimeB));
        }
    }

    /// <summary>Working memory a step needs for cells of this many units.</summary>
    public static int WorkLength(int units) => 3 * units;

    /// <param name="z">What the heads read.</param>
    /// <param name="timespan">Time since the last step.</param>
    /// <param name="newState">The new state, one number a unit.</param>
    /// <param name="work">At least <see cref="WorkLength"/> numbers.</param>
    public void Advance(ReadOnlySpan<T> z, T timespan, Span<T> newState, Span<T> work)
    {
        if (_mode == CfcMode.Pure) SolvePure(z, timespan, newState);
        else BlendHeads(z, timespan, newState, work);
    }

    private void SolvePure(ReadOnlySpan<T> z, T timespan, Span<T> newState)
    {
        _head1.Apply(z, newState);
        for (int i = 0; i < newState.Length; i++)
        {
            T u = newState[i];
            T decay = Elementary.Exp(-timespan * (T.Abs(_timeConstant[i]) + T.Abs(u)));
            newState[i] = _amplitude[i] - _amplitude[i] * decay * u;
        }
    }

    private void BlendHeads(ReadOnlySpan<T> z, T timespan, Span<T> newState, Span<T> work)
    {
        int units = newState.Length;
        Span<T> head2 = work[..units];
        Span<T> timeA = work.Slice(units, units);
        Span<T> timeB = work.Slice(2 * units, units);
        ApplyHeads(z, newState, head2, timeA, timeB);
        bool gated = _mode == CfcMode.Default;
        for (int i = 0; i < units; i++)
        {
            T f1 = newState[i];
            T gate = Elementary.Sigmoid(timeA[i] * timespan + timeB[i]);
            newState[i] = (gated ? f1 * (T.One - gate) : f1) + gate * head2[i];
        }
    }

    /// <summary>What a step from <paramref name="z"/> computes on its way, for the neurons from <paramref name="first"/> on.</summary>
    public void Inspect(ReadOnlySpan<T> z, T timespan, NetworkProbe<T> probe, int first, int units)
    {
        Span<T> head1 = probe.Head1.AsSpan(first, units);
        if (_mode == CfcMode.Pure)
        {
            _head1.Apply(z, head1);
            for (int i = 0; i < units; i++) probe.Rate[first + i] = T.Abs(_timeConstant[i]) + T.Abs(head1[i]);
            return;
        }

        Span<T> rate = probe.Rate.AsSpan(first, units);
        Span<T> offset = probe.Gate.AsSpan(first, units);
        Span<T> head2 = probe.Head2.AsSpan(first, units);
        ApplyHeads(z, head1, head2, rate, offset);
        T edge = T.CreateTruncating(NetworkProbe<T>.HeadEdge * HeadRange());
        for (int i = 0; i < units; i++)
        {
            T gate = Elementary.Sigmoid(rate[i] * timespan + offset[i]);
            bool saturated = T.Abs(head1[i]) > edge || T.Abs(head2[i]) > edge || NetworkProbe<T>.IsAtEnd(gate);
            probe.Gate[first + i] = gate;
            probe.Rate[first + i] = T.Abs(rate[i]);
            probe.Saturation[first + i] = saturated ? T.One : T.Zero;
        }
    }

    private void ApplyHeads(ReadOnlySpan<T> z, Span<T> head1, Span<T> head2, Span<T> timeA, Span<T> timeB)
    {
        _head1.Apply(z, head1);
        _head2!.Apply(z, head2);
        _timeA!.Apply(z, timeA);
        _timeB!.Apply(z, timeB);
        ActivationFunction.Apply(_activation, head1);
        ActivationFunction.Apply(_activation, head2);
    }

    /// <summary>The largest magnitude a head can have.</summary>
    private double HeadRange() => _activation switch
    {
        HeadActivation.Tanh => 1.0,
        HeadActivation.LecunTanh => LecunTanh.Amplitude,
        _ => double.PositiveInfinity,
    };
}
