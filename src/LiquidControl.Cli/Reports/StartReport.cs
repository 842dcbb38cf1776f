using LiquidControl.Cli.Benchmarks.Starts;

namespace LiquidControl.Cli.Reports;

/// <summary>What `bench start --json` prints, and the most that each may be.</summary>
/// <param name="Starts">Measured.</param>
/// <param name="BinaryMb">Of the daemon's file, 10^6 bytes.</param>
/// <param name="ResidentMedianMb">Memory that an inactive daemon holds, 10^6 bytes.</param>
/// <param name="ResidentMaxMb">The most.</param>
/// <param name="StartMedianMs">From before the process is made until it stands Inactive.</param>
/// <param name="StartMaxMs">The longest.</param>
/// <param name="IsNative">Whether the daemon was compiled ahead of time.</param>
/// <param name="IsKept">Whether file, memory and the median start are within what they may be.</param>
internal sealed record StartReport(
    int Starts, double BinaryMb, double ResidentMedianMb, double ResidentMaxMb, double StartMedianMs, double StartMaxMs, bool IsNative, bool IsKept)
{
    public const double BinaryLimitMb = 15.0;
    public const double ResidentLimitMb = 25.0;
    public const double StartLimitMs = 150.0;

    public static StartReport Of(long binaryBytes, DaemonStart[] starts, bool isNative)
    {
        double[] ms = [.. starts.Select(start => start.Ms).Order()], mb = [.. starts.Select(start => start.ResidentBytes * 1e-6).Order()];
        double binary = binaryBytes * 1e-6, startMs = ms[ms.Length / 2];
        bool isKept = isNative && binary <= BinaryLimitMb && mb[^1] <= ResidentLimitMb && startMs <= StartLimitMs;
        return new(starts.Length, binary, mb[mb.Length / 2], mb[^1], startMs, ms[^1], isNative, isKept);
    }
}
