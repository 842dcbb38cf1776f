namespace LiquidControl.Simulation;

/// <summary>
/// The mechanical stops of one joint: a stiff spring and damper that push, never pull. Evaluated at the velocity the step ends with, as
/// <see cref="BristleFriction"/>: stable at any stiffness. A rubber buffer's damping makes it meet a joint at speed v some
/// v·<see cref="Buffer"/> before the stop.
/// </summary>
internal readonly struct JointStop(double lower, double upper)
{
    /// <summary>N·m/rad: 1 mrad of give at 20 N·m.</summary>
    private const double Stiffness = 2e4;

    /// <summary>Damping over stiffness, s.</summary>
    private const double Buffer = 0.005;

    public LinearTorque PieceAt(double position, double velocity, double h, int from)
    {
        const double damping = Stiffness * Buffer;
        double slope = damping + Stiffness * h;
        double above = Stiffness * (position - upper);
        if (above + slope * velocity > 0 && from != 2) return new(-above, slope, 1);
        double below = Stiffness * (position - lower);
        if (below + slope * velocity < 0 && from != 1) return new(-below, slope, 2);
        return default;
    }
}
