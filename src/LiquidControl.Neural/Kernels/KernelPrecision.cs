using System.Diagnostics.CodeAnalysis;

namespace LiquidControl.Neural.Kernels;

/// <summary>The numbers a kernel computes in.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The number formats' own names.")]
public enum KernelPrecision
{
    /// <summary>32-bit floating point.</summary>
    Float,

    /// <summary>32-bit integers, sums in 64 bits.</summary>
    Int32,

    /// <summary>16-bit integers, sums in 32 bits.</summary>
    Int16,
}
