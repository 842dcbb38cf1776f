namespace LiquidControl.Neural.Explanation;

/// <summary>The inputs that an attribution compares a recording with, the same at every step.</summary>
public enum Baseline
{
    /// <summary>Each input's mean over the recording ("mean").</summary>
    Mean,

    /// <summary>Every input zero: with normalised inputs the mean of training ("zero").</summary>
    Zero,
}
