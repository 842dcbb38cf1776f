namespace LiquidControl.Training;

/// <summary>How a gradient moves the parameters.</summary>
public abstract class Optimiser
{
    /// <summary>Moves the parameters one step against the gradient. Where that was always 0, nothing moves.</summary>
    public abstract void Move(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate);

    internal static Optimiser New(OptimiserKind kind, int count) => kind switch
    {
        OptimiserKind.RmsProp => new RmsProp(count),
        _ => new Adam(count),
    };
}
