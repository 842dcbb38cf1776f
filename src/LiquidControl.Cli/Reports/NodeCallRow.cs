namespace LiquidControl.Cli.Reports;

/// <summary>A row of what `bench nodes --json` prints: one kind of call through an emulated device node.</summary>
/// <param name="Call">Which.</param>
/// <param name="Calls">That were timed.</param>
/// <param name="WireUs">Time its bits take on the wire, µs.</param>
/// <param name="P50Us">Time of a call beyond that, µs.</param>
/// <param name="P99Us">The same.</param>
/// <param name="P999Us">The same.</param>
/// <param name="MaxUs">The same.</param>
internal sealed record NodeCallRow(string Call, int Calls, double WireUs, double P50Us, double P99Us, double P999Us, double MaxUs);
