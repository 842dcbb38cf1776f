namespace LiquidControl.Cli.Reports;

/// <summary>Frictionless dynamics of one state: forward dynamics under its torques (rad/s²), inverse dynamics of that acceleration (N·m), and the mass matrix (kg·m²).</summary>
internal sealed record DynamicsReport(double[] Qdd, double[] Inverse, double[][] Mass);
