namespace LiquidControl.Cli.Reports;

/// <summary>Latencies of a loop's cycles, µs.</summary>
internal sealed record LatencyRow(double P50Us, double P99Us, double MaxUs)
{
    /// <summary>For a person.</summary>
    public string Words() => FormattableString.Invariant($"half {P50Us:F0}, 99 % {P99Us:F0}, longest {MaxUs:F0}");
}
