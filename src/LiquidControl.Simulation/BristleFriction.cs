using LiquidControl.Robotics;

namespace LiquidControl.Simulation;

/// <summary>
/// Friction of one joint that really sticks: a damped spring (the bristles, Kelvin-Voigt) in series with a slider that gives way at
/// Stribeck's sliding force, plus viscous friction. Below breakaway the joint rests on its bristles for ever, unlike LuGre, which creeps under
/// vibration (Dupont, Hayward, Armstrong, Altpeter 2002). Evaluated at the velocity the step ends with, the torque falls with velocity, so
/// that an implicit step has one solution and takes energy out at any step size.
/// </summary>
public struct BristleFriction
{
    /// <summary>Retardation time of the bristles: damping over stiffness, s.</summary>
    private const double Retardation = 0.01;

    private readonly JointFriction _law;
    private readonly double _stiffness;
    private double _deflection;
    private double _sliding;

    /// <param name="law">Stribeck's curve and viscous part.</param>
    /// <param name="presliding">How far the bristles bend before the joint breaks away, rad.</param>
    public BristleFriction(in JointFriction law, double presliding)
    {
        _law = law;
        _stiffness = law.SlidingForce(0) / presliding;
    }

    /// <summary>Bend of the bristles, rad.</summary>
    public readonly double Deflection => _deflection;

    public void Reset() => _deflection = 0;

    /// <summary>Starts a step: the sliding force follows the velocity the step starts with.</summary>
    public void Begin(double velocity) => _sliding = _law.SlidingForce(velocity);

    /// <summary>
    /// The piece of the friction torque on the joint at an end velocity, rad/s, of a step of <paramref name="h"/> s; see
    /// <see cref="LinearTorque.Piece"/> for <paramref name="from"/>.
    /// </summary>
    internal readonly LinearTorque PieceAt(double velocity, double h, int from = 0)
    {
        double spring = _stiffness * _deflection;
        double damping = _stiffness * (h + Retardation);
        double trial = spring + damping * velocity;
        if (trial > _sliding && from != 2) return new(-_sliding, _law.Viscous, 1);
        if (trial < -_sliding && from != 1) return new(_sliding, _law.Viscous, 2);
        return new(-spring, damping + _law.Viscous, 0);
    }

    /// <summary>
    /// Moves on at a velocity that is given, and returns the torque that takes, N·m: what friction would be of a joint that follows its
    /// reference exactly.
    /// </summary>
    public double Follow(double velocity, double seconds)
    {
        int steps = Math.Max(1, (int)Math.Ceiling(seconds / Plant.LongestStep - 1e-9));
        double h = seconds / steps, torque = 0;
        for (int k = 0; k < steps; k++)
        {
            Begin(velocity);
            torque = -PieceAt(velocity, h).At(velocity);
            Commit(velocity, h);
        }

        return torque;
    }

    /// <summary>Ends a step at a velocity: moves the bristles.</summary>
    public void Commit(double velocity, double h)
    {
        double damping = _stiffness * (h + Retardation);
        if (damping == 0) return;

        double spring = _stiffness * _deflection;
        double force = Math.Clamp(spring + damping * velocity, -_sliding, _sliding);
        _deflection += h * (force - spring) / damping;
    }
}
