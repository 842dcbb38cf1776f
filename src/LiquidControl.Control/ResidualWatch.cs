namespace LiquidControl.Control;

/// <summary>Why the network's part was faded out.</summary>
[Flags]
public enum ResidualFault : byte
{
    None = 0,

    /// <summary>An output was not a number.</summary>
    NotFinite = 1,

    /// <summary>A joint's residual stood at its bound for 100 ms.</summary>
    AtBound = 2,

    /// <summary>A joint's residual was rate-limited in over 20 % of the last 200 ms.</summary>
    RateLimited = 4,

    /// <summary>The network took longer than its time budget.</summary>
    OverBudget = 8,
}

/// <summary>
/// Watches the network's residual and fades it to zero within 50 ms when it cannot be trusted; the classical law goes on. Stays faded
/// until Reset.
/// </summary>
public sealed class ResidualWatch
{
    private const double AtBoundTime = 0.100;
    private const double RateWindow = 0.200;
    private const double RateLimitedPart = 0.20;
    private const double FadeTime = 0.050;

    private readonly double[] _atBoundFor;
    private readonly double[] _rateLimitedPart;

    public ResidualWatch(int jointCount)
    {
        _atBoundFor = new double[jointCount];
        _rateLimitedPart = new double[jointCount];
        Reset();
    }

    public ResidualFault Fault { get; private set; }

    /// <summary>1 while trusted, falling to 0 within the fade time after a fault.</summary>
    public double Weight { get; private set; }

    public void Reset()
    {
        Array.Clear(_atBoundFor);
        Array.Clear(_rateLimitedPart);
        Fault = ResidualFault.None;
        Weight = 1.0;
    }

    /// <summary>Notes what one joint's residual did in this cycle.</summary>
    public void Note(int joint, bool atBound, bool rateLimited, double dt)
    {
        _atBoundFor[joint] = atBound ? _atBoundFor[joint] + dt : 0.0;
        if (_atBoundFor[joint] >= AtBoundTime)
            Fault |= ResidualFault.AtBound;

        // A leaky mean over the window: no history to store, and the same verdict on a steady pattern.
        double share = Math.Min(dt / RateWindow, 1.0);
        _rateLimitedPart[joint] += share * ((rateLimited ? 1.0 : 0.0) - _rateLimitedPart[joint]);
        if (_rateLimitedPart[joint] > RateLimitedPart)
            Fault |= ResidualFault.RateLimited;
    }

    public void Raise(ResidualFault fault) => Fault |= fault;

    /// <summary>Moves the fade on; call once a cycle after the notes.</summary>
    public void Advance(double dt)
    {
        if (Fault != ResidualFault.None)
            Weight = Math.Max(0.0, Weight - dt / FadeTime);
    }
}
