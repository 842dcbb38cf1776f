namespace LiquidControl.Robotics;

/// <summary>What a search for joint angles must reach and how long it may take.</summary>
public sealed record IkOptions
{
    public static IkOptions Default { get; } = new();

    /// <summary>Leaves the orientation free.</summary>
    public bool PositionOnly { get; init; }

    /// <summary>m.</summary>
    public double PositionTolerance { get; init; } = 1e-9;

    /// <summary>rad.</summary>
    public double OrientationTolerance { get; init; } = 1e-8;

    /// <summary>Steps of one start.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>Starts from random postures within the limits after the one from the seed.</summary>
    public int MaxRestarts { get; init; } = 100;

    /// <summary>Solutions to gather before the one nearest to the seed is chosen.</summary>
    public int Solutions { get; init; } = 4;

    /// <summary>Seed of the random postures: the same call gives the same answer.</summary>
    public ulong RandomSeed { get; init; } = 1;
}
