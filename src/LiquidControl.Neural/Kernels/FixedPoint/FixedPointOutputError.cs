namespace LiquidControl.Neural.Kernels;

/// <summary>How far one output of a fixed-point kernel lies from the network in double.</summary>
/// <param name="OneStep">The largest, of steps up to a timespan of 1, each from the kernel's own state.</param>
/// <param name="OneStepRms">The root of the mean square of the same.</param>
/// <param name="FreeRunning">The largest, each network from its own states.</param>
/// <param name="FreeRunningRms">The root of the mean square of the same.</param>
public sealed record FixedPointOutputError(double OneStep, double OneStepRms, double FreeRunning, double FreeRunningRms);
