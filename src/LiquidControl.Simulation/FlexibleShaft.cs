namespace LiquidControl.Simulation;

/// <summary>
/// The rotor of one joint behind a spring and damper with play. Friction and drive act on the rotor, whose inertia is no longer the link's.
/// Everything is seen at the joint: angles and torques after the gear.
/// <para>
/// With twist δ = rotor - link and its rate w, the torque of a stop of the play is k/2·(d⁻ + d⁺) + c/2·(w + w⁺), pushing only, where d⁻ is how
/// deep the stop was bent in the middle of the last step (never less than 0) and d⁺ how deep in the middle of this one. Without play this is
/// the trapezoidal rule: of second order, stable at any stiffness, without damping of its own, which a backward Euler step of 1 ms would have
/// ten times over. At a stop it takes out energy and never adds any (FlexibleShaftTests).
/// </para>
/// The rotor touches nothing but its link, so its end velocity follows from the link's: v = <c>free</c> + <c>share</c>·(link's).
/// </summary>
internal struct FlexibleShaft
{
    private readonly double _inertia;
    private readonly double _stiffness;
    private readonly double _damping;
    private readonly double _halfPlay;
    private double _position;
    private double _velocity;
    private double _twist;
    private double _rate;
    private double _midTwist;
    private double _free;
    private double _share;

    /// <param name="effects">Of the joint.</param>
    /// <param name="rotorInertia">At the joint, kg·m².</param>
    public FlexibleShaft(in JointEffects effects, double rotorInertia)
    {
        if (effects.Compliance == 0) return;
        _inertia = rotorInertia;
        _stiffness = 1 / effects.Compliance;
        _damping = 2 * effects.DampingRatio * Math.Sqrt(_stiffness * rotorInertia);
        _halfPlay = 0.5 * effects.Backlash;
    }

    /// <summary>True: the rotor is part of the link.</summary>
    public readonly bool IsRigid => _stiffness == 0;

    /// <summary>Of the rotor, rad.</summary>
    public readonly double Position => _position;

    /// <summary>Of the rotor, rad/s.</summary>
    public readonly double Velocity => _velocity;

    /// <summary>Of the rotor, which is not in the link's armature, J.</summary>
    public readonly double KineticEnergy => 0.5 * _inertia * _velocity * _velocity;

    /// <summary>Of the twisted shaft, J.</summary>
    public readonly double ElasticEnergy(double linkPosition)
    {
        double bent = Math.Max(0, Math.Abs(_position - linkPosition) - _halfPlay);
        return 0.5 * _stiffness * bent * bent;
    }

    /// <summary>At rest, the shaft twisted so that it carries a torque, N·m; in the middle of its play without one.</summary>
    public void Reset(double linkPosition, double torque)
    {
        _position = IsRigid ? linkPosition : linkPosition + Math.Sign(torque) * _halfPlay + torque / _stiffness;
        _velocity = 0;
    }

    /// <summary>The rotor turns as the link does, rad/s.</summary>
    public void TurnAt(double velocity) => _velocity = velocity;

    /// <summary>Starts a step of <paramref name="h"/> s.</summary>
    public void Begin(double linkPosition, double linkVelocity, double h)
    {
        _free = IsRigid ? 0 : _velocity;
        _share = IsRigid ? 1 : 0;
        _twist = _position - linkPosition;
        _rate = _velocity - linkVelocity;
        _midTwist = _twist - 0.5 * h * _rate;
    }

    /// <summary>The rotor's end velocity that belongs to a link's, rad/s, on the piece taken last.</summary>
    public readonly double VelocityAt(double linkVelocity) => _free + _share * linkVelocity;

    /// <summary>
    /// The torque on the link as a piece in the link's end velocity, the rotor's velocity eliminated. <paramref name="offset"/> and
    /// <paramref name="damping"/>: what acts on the rotor, falling with the rotor's velocity. Piece 0 is free (or has no play), 1 and 2 lie
    /// at a stop, 3 left one stop and met the other within the step.
    /// </summary>
    public LinearTorque PieceAt(double offset, double damping, double linkVelocity, double h, int from)
    {
        if (IsRigid) return new(offset, damping, 0);
        double push = 0, slope = 0.25 * _stiffness * h + 0.5 * _damping;
        int piece = 0;
        if (_halfPlay == 0)
        {
            push = 0.5 * (_stiffness * (_midTwist + _twist) + _damping * _rate);
        }
        else
        {
            double rate = VelocityAt(linkVelocity) - linkVelocity;
            double above = 0.5 * (_stiffness * (Math.Max(0, _midTwist - _halfPlay) + _twist - _halfPlay) + _damping * _rate);
            double below = 0.5 * (_stiffness * (Math.Min(0, _midTwist + _halfPlay) + _twist + _halfPlay) + _damping * _rate);
            bool isAbove = above + slope * rate > 0;
            bool isBelow = below + slope * rate < 0;
            piece = (isAbove ? 1 : 0) + (isBelow ? 2 : 0);
            if (from is 1 or 2 && piece == 3 - from) piece = 0;
            push = (piece & 1) * above + (piece >> 1) * below;
            slope *= (piece & 1) + (piece >> 1);
        }

        double rotor = _inertia / h + damping;
        double whole = rotor + slope;
        double driven = _inertia / h * _velocity + offset;
        _free = (driven - push) / whole;
        _share = slope / whole;
        return new((push * rotor + slope * driven) / whole, slope * rotor / whole, piece);
    }

    /// <summary>Ends a step at a velocity of the link.</summary>
    public void Commit(double linkVelocity, double h)
    {
        _velocity = VelocityAt(linkVelocity);
        _position += h * _velocity;
    }
}
