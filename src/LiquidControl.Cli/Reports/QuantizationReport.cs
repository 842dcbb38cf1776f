namespace LiquidControl.Cli.Reports;

/// <summary>What `model quantize --json` prints. Errors are absolute, in what the network gives before an output's scale.</summary>
internal sealed record QuantizationReport(
    string File, string Precision, string Calibration, int Steps, int ShortSteps, IReadOnlyList<QuantizedOutputReport> Outputs, double StateError,
    IReadOnlyList<QuantizedLayerReport> Layers, QuantizedRangesReport Ranges, string? Written);

/// <summary>Largest and root mean square error of one output: each step from the kernel's own state, and running free.</summary>
internal sealed record QuantizedOutputReport(string Name, double OneStep, double OneStepRms, double FreeRunning, double FreeRunningRms);

/// <summary>What the range analysis found of one layer.</summary>
internal sealed record QuantizedLayerReport(
    string Tensor, int Rows, double LargestSum, double Resolution, double AccumulatorBits, int AvailableBits, double Headroom);

/// <summary>The ranges the kernel is compiled for.</summary>
internal sealed record QuantizedRangesReport(IReadOnlyList<double> Inputs, double State, IReadOnlyList<double> Hidden);
