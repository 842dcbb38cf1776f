namespace LiquidControl.Neural.Ode;

/// <summary>What became of an integration. Unless it is <see cref="Ok"/>, the state is as it was.</summary>
public enum OdeResult
{
    /// <summary>The state is new; after no time at all it is the old one.</summary>
    Ok,

    /// <summary>The state's length is not the equation's size.</summary>
    StateLengthWrong,

    /// <summary>The duration is NaN or infinite.</summary>
    DurationNotFinite,

    /// <summary>The duration is below zero.</summary>
    DurationNegative,

    /// <summary>A state is NaN or infinite.</summary>
    StateNotFinite,

    /// <summary>Numbers overflowed on the way: the step is too long for the equation, or the solution ends.</summary>
    ResultNotFinite,

    /// <summary>The tolerance was not met within the solver's bound on its steps.</summary>
    TooManySteps,
}
