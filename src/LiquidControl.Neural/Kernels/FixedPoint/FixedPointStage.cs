namespace LiquidControl.Neural.Kernels;

/// <summary>One part of a step: reads and writes the memory of a state.</summary>
internal abstract unsafe class FixedPointStage
{
    /// <summary>Allocates nothing; never throws.</summary>
    /// <param name="memory">The state's.</param>
    /// <param name="timespan">Of the step.</param>
    public abstract void Run(byte* memory, in FixedTimespan timespan);
}
