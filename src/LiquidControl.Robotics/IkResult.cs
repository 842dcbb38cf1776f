namespace LiquidControl.Robotics;

/// <summary>How a search for joint angles ended.</summary>
public enum IkStatus
{
    /// <summary>The tool stands on the target, all joints within their limits.</summary>
    Reached,

    /// <summary>No posture found puts the tool there, whatever the joint limits: the solution is the closest one found.</summary>
    OutOfReach,

    /// <summary>
    /// The arm could reach the target, but only with a joint beyond its limit: the solution is the closest one within the limits.
    /// </summary>
    JointLimit,

    /// <summary>The target, the seed or a limit is NaN, or the target is infinite: the solution is the seed.</summary>
    NotFinite,
}

/// <param name="Status">How the search ended.</param>
/// <param name="PositionError">Distance from tool to target that remains, m.</param>
/// <param name="OrientationError">Angle that remains, rad; 0 when only the position was asked for.</param>
/// <param name="Iterations">Steps of damped least squares, over all starts.</param>
/// <param name="Restarts">Starts from random postures after the one from the seed.</param>
/// <param name="Joint">
/// With <see cref="IkStatus.JointLimit"/> the joint that would have to go furthest beyond its limit, from 0; otherwise -1.
/// </param>
/// <param name="Tool">Where the solution puts the tool, in the base frame: the closest pose found when the target was not reached.</param>
public readonly record struct IkResult(
    IkStatus Status, double PositionError, double OrientationError, int Iterations, int Restarts, int Joint, Pose Tool);
