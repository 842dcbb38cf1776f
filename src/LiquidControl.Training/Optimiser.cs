namespace LiquidControl.Training;

/// <summary>How a gradient moves the parameters.</summary>
public abstract class Optimiser
{
    /// <summary>Moves the parameters one step against the gradient. Where that was always 0, nothing moves.</summary>
    public abstract void Move(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate);

    /// <summary>All it remembers from step to step: arrays of float or double, to be read or overwritten in place.</summary>
    internal abstract IEnumerable<(string Name, Array Values)> State { get; }

    internal static Optimiser New(OptimiserKind kind, int count) => kind switch
    {
        OptimiserKind.RmsProp => new RmsProp(count),
        _ => new Adam(count),
    };
}
