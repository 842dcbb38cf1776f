namespace LiquidControl.Neural.Kernels;

/// <summary>Where a neuron's state lies in the memory of a <see cref="FixedPointState"/>.</summary>
/// <param name="Offset">In bytes.</param>
/// <param name="Copy">Of the place another stage reads it at; the same where there is none.</param>
/// <param name="Scale">The real value at full scale.</param>
internal readonly record struct FixedPointElement(int Offset, int Copy, double Scale);
