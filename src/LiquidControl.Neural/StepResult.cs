namespace LiquidControl.Neural;

/// <summary>What became of one step. Unless it is <see cref="Ok"/>, state and output are as they were.</summary>
public enum StepResult
{
    /// <summary>State and output are new.</summary>
    Ok,

    /// <summary>The input's length is not the architecture's input size.</summary>
    InputLengthWrong,

    /// <summary>The state's length is not the architecture's state size.</summary>
    StateLengthWrong,

    /// <summary>The output's length is not the architecture's output size.</summary>
    OutputLengthWrong,

    /// <summary>There is not one timespan for each of a batch's robots.</summary>
    TimespanLengthWrong,

    /// <summary>The scratch memory is shorter than the network's scratch length.</summary>
    ScratchTooShort,

    /// <summary>The timespan is NaN or infinite.</summary>
    TimespanNotFinite,

    /// <summary>The timespan is below zero.</summary>
    TimespanNegative,

    /// <summary>The timespan is zero, and the network's solver divides by it; a CfC takes it.</summary>
    TimespanZero,

    /// <summary>The timespan is not the one that the kernel was compiled for.</summary>
    TimespanNotConstant,

    /// <summary>The state was made by another kernel.</summary>
    StateOfOtherKernel,

    /// <summary>An input is NaN or infinite.</summary>
    InputNotFinite,

    /// <summary>A state is NaN or infinite.</summary>
    StateNotFinite,

    /// <summary>Numbers overflowed on the way: the new state or the output would not be finite.</summary>
    ResultNotFinite,
}
