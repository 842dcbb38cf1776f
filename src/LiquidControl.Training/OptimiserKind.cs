namespace LiquidControl.Training;

/// <summary>The optimisers there are.</summary>
public enum OptimiserKind
{
    /// <summary><see cref="Training.Adam"/>; with <see cref="TrainingOptions.WeightDecay"/> AdamW.</summary>
    Adam,

    /// <summary><see cref="Training.RmsProp"/>.</summary>
    RmsProp,
}
