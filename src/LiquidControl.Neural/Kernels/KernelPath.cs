namespace LiquidControl.Neural.Kernels;

/// <summary>How wide the vectors are that a kernel computes in. Every path gives the same bits.</summary>
public enum KernelPath
{
    /// <summary>One number at a time.</summary>
    Scalar,

    /// <summary>128 bits: SSE with FMA on x64, NEON on arm64.</summary>
    Vector128,

    /// <summary>256 bits: AVX2 with FMA.</summary>
    Vector256,
}
