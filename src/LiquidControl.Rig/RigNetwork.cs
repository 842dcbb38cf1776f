using LiquidControl.Control;

namespace LiquidControl.Rig;

/// <summary>What a policy's network does instead of its work.</summary>
public enum NetworkFault
{
    None,

    /// <summary>Every output is no number.</summary>
    NotFinite,

    /// <summary>Every output asks for more than the residual may add.</summary>
    AtBound,

    /// <summary>The same, the other way in every cycle.</summary>
    Chatter,

    /// <summary>It takes longer than its time budget.</summary>
    Slow,
}

/// <summary>A policy's network, which can be made to misbehave.</summary>
public sealed class RigNetwork : IPolicyNetwork
{
    private const float TooMuch = 1e3f;

    private readonly IPolicyNetwork _network;
    private readonly RigClock _clock;
    private readonly long _tooLongNs;
    private float _sign = 1.0f;

    internal RigNetwork(IPolicyNetwork network, RigClock clock, long tooLongNs) => (_network, _clock, _tooLongNs) = (network, clock, tooLongNs);

    public NetworkFault Fault { get; set; }

    public int InputSize => _network.InputSize;

    public int OutputSize => _network.OutputSize;

    public int StateSize => _network.StateSize;

    public void Reset() => _network.Reset();

    public void ReadState(Span<float> state) => _network.ReadState(state);

    public bool Evaluate(ReadOnlySpan<float> input, float timespan, Span<float> output)
    {
        bool finite = _network.Evaluate(input, timespan, output);
        switch (Fault)
        {
            case NetworkFault.NotFinite:
                output.Fill(float.NaN);
                break;
            case NetworkFault.AtBound:
                output.Fill(TooMuch);
                break;
            case NetworkFault.Chatter:
                _sign = -_sign;
                output.Fill(_sign * TooMuch);
                break;
            case NetworkFault.Slow:
                _clock.Spend(_tooLongNs);
                break;
        }

        return finite;
    }
}
