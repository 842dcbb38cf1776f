namespace LiquidControl.Robotics;

/// <summary>Whether a move could be planned.</summary>
public enum TrajectoryResult
{
    /// <summary>Planned.</summary>
    Ok,

    /// <summary>A start or goal coordinate is NaN or infinite.</summary>
    NotFinite,

    /// <summary>The start lies outside a joint's position limits.</summary>
    StartBeyondLimit,

    /// <summary>The goal lies outside a joint's position limits.</summary>
    GoalBeyondLimit,

    /// <summary>A velocity, acceleration or jerk limit is not positive and finite, or a lower limit is above the upper.</summary>
    BadLimits,
}
