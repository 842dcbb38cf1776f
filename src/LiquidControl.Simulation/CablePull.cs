using LiquidControl.Numerics;

namespace LiquidControl.Simulation;

/// <summary>
/// The cable across one joint: -Cable·sin(q), and the friction of its strands as a spring in series with a slider, which does not depend on
/// how fast the joint turns (an elastoplastic element, Prandtl's).
/// </summary>
internal struct CablePull
{
    /// <summary>How far the joint turns before the strands slide, rad: some 1°, more than a bearing's.</summary>
    private const double Presliding = 0.02;

    private readonly double _amplitude;
    private BristleFriction _strands;
    private double _pull;

    public CablePull(in JointEffects effects)
    {
        _amplitude = effects.Cable;
        _strands = new(new(effects.CableHysteresis, 0, 1, 1), Presliding, retardation: 0);
    }

    /// <summary>Bend of the strands, rad.</summary>
    public readonly double Deflection => _strands.Deflection;

    /// <summary>Strands unbent. Returns the cable's torque there, N·m.</summary>
    public double Reset(double position)
    {
        _strands.Reset();
        return Pull(position);
    }

    /// <summary>Starts a step.</summary>
    public void Begin(double position, double velocity)
    {
        _pull = Pull(position);
        _strands.Begin(velocity);
    }

    public readonly LinearTorque PieceAt(double velocity, double h, int from)
    {
        LinearTorque strands = _strands.PieceAt(velocity, h, from);
        return strands with { Offset = strands.Offset + _pull };
    }

    /// <summary>Ends a step at a velocity.</summary>
    public void Commit(double velocity, double h) => _strands.Commit(velocity, h);

    private readonly double Pull(double position) => -_amplitude * Elementary.Sin(position);
}
