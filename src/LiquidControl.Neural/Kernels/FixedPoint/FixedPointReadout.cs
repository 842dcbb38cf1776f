namespace LiquidControl.Neural.Kernels;

/// <summary>The end of a step: the output in floating point.</summary>
internal abstract unsafe class FixedPointReadout
{
    /// <summary>Allocates nothing; never throws. The output is finite.</summary>
    public abstract void Run(byte* memory, Span<float> output);
}
