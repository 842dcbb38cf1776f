namespace LiquidControl.Simulation;

/// <summary>
/// The rotor of one joint behind a spring and damper with play. Friction and drive act on the rotor, whose inertia is no longer the link's.
/// Everything is seen at the joint: angles and torques after the gear.
/// <para>
/// The twist δ = rotor - link moves by the mean of its rates, δ⁺ = δ + h/2·(w + w⁺), and the torque of a stop of the play is
/// k/2·(d + d⁺) + c/2·(w + w⁺), pushing only, where d is how deep the stop is bent at the start (never less than 0) and d⁺ how deep at the end.
/// Without play this is the trapezoidal rule: stable at any stiffness and without damping of its own, which a backward Euler step of 1 ms would
/// have ten times over. A stop takes out energy and never adds any, however the steps' length changes (FlexibleShaftTests).
/// </para>
/// The rotor touches nothing but its link, so its end velocity follows from the link's: v = <c>free</c> + <c>share</c>·(link's).
/// </summary>
internal struct FlexibleShaft
{
    private readonly double _inertia;
    private readonly double _stiffness;
    private readonly double _damping;
    private readonly double _halfPlay;
    private double _velocity;
    private double _twist;
    private double _rate;
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

    /// <summary>Rotor less link, rad.</summary>
    public readonly double Twist => _twist;

    /// <summary>Of the rotor, rad/s.</summary>
    public readonly double Velocity => _velocity;

    /// <summary>Of the rotor, which is not in the link's armature, J.</summary>
    public readonly double KineticEnergy => 0.5 * _inertia * _velocity * _velocity;

    /// <summary>Of the twisted shaft, J.</summary>
    public readonly double ElasticEnergy
    {
        get
        {
            double bent = Math.Max(0, Math.Abs(_twist) - _halfPlay);
            return 0.5 * _stiffness * bent * bent;
        }
    }

    /// <summary>At rest, the shaft twisted so that it carries a torque, N·m; in the middle of its play without one.</summary>
    public void Reset(double torque)
    {
        _twist = IsRigid ? 0 : Math.Sign(torque) * _halfPlay + torque / _stiffness;
        _velocity = 0;
    }

    /// <summary>The rotor turns as the link does, rad/s.</summary>
    public void TurnAt(double velocity) => _velocity = velocity;

    /// <summary>Starts a step.</summary>
    public void Begin(double linkVelocity)
    {
        _free = IsRigid ? 0 : _velocity;
        _share = IsRigid ? 1 : 0;
        _rate = _velocity - linkVelocity;
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
        double slope = 0.25 * _stiffness * h + 0.5 * _damping;
        double start = slope * _rate;
        double push = 0;
        int piece = 0;
        if (_halfPlay == 0)
        {
            push = _stiffness * _twist + start;
        }
        else
        {
            double rate = VelocityAt(linkVelocity) - linkVelocity;
            double pastUpper = _twist - _halfPlay, pastLower = _twist + _halfPlay;
            double above = 0.5 * _stiffness * (Math.Max(0, pastUpper) + pastUpper) + start;
            double below = 0.5 * _stiffness * (Math.Min(0, pastLower) + pastLower) + start;
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
        _twist += 0.5 * h * (_rate + _velocity - linkVelocity);
    }
}
