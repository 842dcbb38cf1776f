using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>
/// The learning rate: a linear rise over <paramref name="warmUp"/> batches, times half a cosine from <paramref name="peak"/> down to
/// <see cref="FloorFraction"/> of it.
/// </summary>
/// <param name="peak">The highest rate.</param>
/// <param name="warmUp">Batches of the rise.</param>
/// <param name="total">Batches in all.</param>
public sealed class CosineSchedule(double peak, int warmUp, int total) : LearningRateSchedule
{
    /// <summary>What is left of the peak at the end.</summary>
    public const double FloorFraction = 0.02;

    public override double At(int batch)
    {
        double progress = Math.Min(1.0, batch / (double)Math.Max(1, total));
        double cosine = 0.5 * (1.0 + Elementary.Cos(Math.PI * progress));
        double rise = warmUp > 0 ? Math.Min(1.0, (batch + 1.0) / warmUp) : 1.0;
        return peak * rise * (FloorFraction + ((1.0 - FloorFraction) * cosine));
    }
}
