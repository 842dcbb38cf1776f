using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LiquidControl.Neural.Kernels;

/// <summary>Which paths this processor has instructions for.</summary>
public static class KernelPaths
{
    /// <summary>The fastest here.</summary>
    public static KernelPath Best => IsSupported(KernelPath.Vector256) ? KernelPath.Vector256
        : IsSupported(KernelPath.Vector128) ? KernelPath.Vector128
        : KernelPath.Scalar;

    /// <summary>
    /// What this processor lacks for full speed, in a sentence to show a person once; null: nothing. The results are the same bits.
    /// </summary>
    public static string? Shortfall => Best switch
    {
        KernelPath.Vector256 => null,
        KernelPath.Vector128 when AdvSimd.Arm64.IsSupported => null,
        KernelPath.Vector128 => "This processor lacks AVX2: the network runs in vectors of 128 bits, more slowly.",
        _ => "This processor lacks fused multiply-add: the network runs one number at a time, far more slowly.",
    };

    /// <summary>Whether a path runs in instructions of its own, fused multiply-add included, rather than in emulation.</summary>
    public static bool IsSupported(KernelPath path) => path switch
    {
        KernelPath.Vector256 => Vector256.IsHardwareAccelerated && Avx2.IsSupported && Fma.IsSupported,
        KernelPath.Vector128 => Fma.IsSupported || AdvSimd.Arm64.IsSupported,
        _ => true,
    };
}
