namespace LiquidControl.Simulation;

/// <summary>
/// One straight piece of a torque that falls with the joint's velocity: torque(v) = Offset - Damping·v (N·m, N·m·s/rad), Damping >= 0.
/// <see cref="Piece"/> says which it is, so that a step can tell whether it ended on the piece it assumed: 0 the middle, 1 and 2 the ends.
/// A search that comes <c>from</c> one end never leaps to the other but tries the middle first; else it could swing between them for ever.
/// </summary>
internal readonly record struct LinearTorque(double Offset, double Damping, int Piece)
{
    public double At(double velocity) => Offset - Damping * velocity;
}
