namespace LiquidControl.Training.Observing;

/// <summary>How large an <see cref="ObserverExperiment"/> is. The defaults are those of its published table.</summary>
public sealed record ObserverOptions
{
    /// <summary>Moves that are trained and tuned on.</summary>
    public int TrainingMoves { get; init; } = 192;

    /// <summary>Moves that are judged by.</summary>
    public int TestMoves { get; init; } = 64;

    /// <summary>Moves in all.</summary>
    public int Moves => TrainingMoves + TestMoves;

    /// <summary>Trainings of each network, with seeds 1, 2 and so on.</summary>
    public int TrainingSeeds { get; init; } = 3;

    public int Epochs { get; init; } = 150;

    /// <summary>Seed of the moves, their plants and the sampling.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; no figure but the times depends on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
