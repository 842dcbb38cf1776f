namespace LiquidControl.Training;

/// <summary>The metrics of one motion from A to B; errors are of the tool centre point (TCP). See <see cref="MotionMetrics"/>.</summary>
/// <param name="FinalErrorMm">Mean distance to the goal over [T + 0.48 s, T + 0.60 s].</param>
/// <param name="PathErrorMm">Largest distance to the reference over [0, T + 0.05 s].</param>
/// <param name="SettleMs">Last time farther than 2 mm from the goal, minus T; may be negative.</param>
/// <param name="OvershootMm">Largest excursion beyond the goal along the direction from start to goal, from 0.7 T on.</param>
/// <param name="OrientationErrorMrad">Mean angle to the goal's orientation over the window of the final error.</param>
/// <param name="VelocityErrorRms">Root mean square of estimated minus true joint velocity, all joints and samples, mrad/s.</param>
/// <param name="LimitViolated">A limit of the arm was violated at some sample.</param>
/// <param name="Success">Within 2 mm from T + 0.5 s on, final error at most 2 mm, no limit violated.</param>
public readonly record struct EpisodeResult(
    double FinalErrorMm,
    double PathErrorMm,
    double SettleMs,
    double OvershootMm,
    double OrientationErrorMrad,
    double VelocityErrorRms,
    bool LimitViolated,
    bool Success)
{
    /// <summary>
    /// Chatter of the residual torque: root mean square over joints and cycles of its second difference, in % of the bound; 0 without one.
    /// </summary>
    public double ResidualRoughness { get; init; }
}
