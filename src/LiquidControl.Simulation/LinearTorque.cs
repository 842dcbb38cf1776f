namespace LiquidControl.Simulation;

/// <summary>
/// One straight piece of a torque that falls with the joint's velocity: torque(v) = Offset - Damping·v (N·m, N·m·s/rad), Damping >= 0.
/// <see cref="Piece"/> (0, 1 or 2) says which piece it is, so that a step can tell whether it ended on the piece it assumed.
/// </summary>
internal readonly record struct LinearTorque(double Offset, double Damping, int Piece)
{
    public double At(double velocity) => Offset - Damping * velocity;
}
