using LiquidControl.Robotics;

namespace LiquidControl.Simulation;

/// <summary>
/// Friction of one joint that really sticks: a damped spring (the bristles, Kelvin-Voigt) in series with a slider that gives way at
/// Stribeck's sliding force, plus viscous friction. Below breakaway the joint rests on its bristles for ever, unlike LuGre, which creeps under
/// vibration (Dupont, Hayward, Armstrong, Altpeter 2002). Evaluated at the velocity the step ends with, the torque falls with velocity, so
/// that an implicit step has one solution and takes energy out at any step size.
/// </summary>
internal struct BristleFriction
{
    /// <summary>Retardation time of a bearing's bristles: damping over stiffness, s.</summary>
    private const double BearingRetardation = 0.01;

    private readonly JointFriction _law;
    private readonly double _stiffness;
    private readonly double _retardation;
    private double _deflection;
    private double _sliding;

    /// <param name="law">Stribeck's curve and viscous part.</param>
    /// <param name="presliding">How far the bristles bend before the joint breaks away, rad.</param>
    /// <param name="retardation">Damping of the bristles over their stiffness, s; with 0 only the path counts, not the speed.</param>
    public BristleFriction(in JointFriction law, double presliding, double retardation = BearingRetardation)
    {
        _law = law;
        _retardation = retardation;
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
    public readonly LinearTorque PieceAt(double velocity, double h, int from = 0)
    {
        double spring = _stiffness * _deflection;
        double damping = _stiffness * (h + _retardation);
        double trial = spring + damping * velocity;
        if (trial > _sliding && from != 2) return new(-_sliding, _law.Viscous, 1);
        if (trial < -_sliding && from != 1) return new(_sliding, _law.Viscous, 2);
        return new(-spring, damping + _law.Viscous, 0);
    }

    /// <summary>Ends a step at a velocity: moves the bristles.</summary>
    public void Commit(double velocity, double h)
    {
        double damping = _stiffness * (h + _retardation);
        if (damping == 0) return;

        double spring = _stiffness * _deflection;
        double force = Math.Clamp(spring + damping * velocity, -_sliding, _sliding);
        _deflection += h * (force - spring) / damping;
    }
}
