namespace LiquidControl.Neural.Kernels;

/// <summary>The numbers a kernel computes in.</summary>
public enum KernelPrecision
{
    /// <summary>32-bit floating point.</summary>
    Binary32,

    /// <summary>32-bit fixed point.</summary>
    Fixed32,

    /// <summary>16-bit fixed point.</summary>
    Fixed16,
}
