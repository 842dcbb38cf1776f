namespace LiquidControl.Neural;

/// <summary>The number format a network computes in, under its IEEE 754 name.</summary>
public enum Precision
{
    /// <summary>double.</summary>
    Binary64,

    /// <summary>float.</summary>
    Binary32,
}
