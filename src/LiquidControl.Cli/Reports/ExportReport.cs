namespace LiquidControl.Cli.Reports;

/// <summary>What `model export --json` prints.</summary>
internal sealed record ExportReport(string Model, string? Safetensors, string? Onnx);
