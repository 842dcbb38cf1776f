namespace LiquidControl.Simulation;

/// <summary>
/// What one joint does beyond rigid bodies and friction, and no controller is told: a gear and shaft that give and have play, a motor whose
/// torque ripples, a cable that pulls. The default is none of it. SI units at the joint.
/// </summary>
public readonly record struct JointEffects
{
    /// <summary>Twist between motor and link a torque, rad/(N·m): one over the stiffness. 0: rigid.</summary>
    public double Compliance { get; init; }

    /// <summary>Damping ratio of the rotor swinging on this spring while the link is held.</summary>
    public double DampingRatio { get; init; }

    /// <summary>Free play between motor and link, from stop to stop, rad. Needs a compliance.</summary>
    public double Backlash { get; init; }

    /// <summary>Amplitude of the torque ripple, N·m. It depends on the rotor's angle alone, as cogging does.</summary>
    public double Ripple { get; init; }

    /// <summary>Periods of the ripple in a turn of the joint: those in a motor turn times the gear ratio.</summary>
    public double RipplePerTurn { get; init; }

    /// <summary>Phase of the ripple at a joint angle of 0, rad.</summary>
    public double RipplePhase { get; init; }

    /// <summary>The cable pulls by -Cable·sin(q), N·m: towards q = 0.</summary>
    public double Cable { get; init; }

    /// <summary>What the cable's inner friction adds against the motion, N·m: there and back differ by twice this.</summary>
    public double CableHysteresis { get; init; }

    /// <exception cref="ArgumentException">A number is negative or not finite, there is play without a spring, or a spring without a rotor.</exception>
    internal void Check(int joint, double rotorInertia)
    {
        foreach (double value in (ReadOnlySpan<double>)[Compliance, DampingRatio, Backlash, Ripple, RipplePerTurn, Cable, CableHysteresis])
        {
            if (!(value >= 0 && double.IsFinite(value))) throw new ArgumentException($"An effect of joint {joint + 1} is {value}; at least 0 expected.");
        }

        if (!double.IsFinite(RipplePhase)) throw new ArgumentException($"RipplePhase of joint {joint + 1} is {RipplePhase} rad; a finite angle expected.");
        if (Backlash > 0 && Compliance == 0)
            throw new ArgumentException($"Joint {joint + 1} has Backlash but no Compliance: the stops of the play need a spring.");
        if (Compliance > 0 && !(rotorInertia > 0))
            throw new ArgumentException($"Joint {joint + 1} has Compliance but its rotor no inertia: give the model an armature.");
    }
}
