using LiquidControl.Numerics;

namespace LiquidControl.Simulation;

/// <summary>
/// The random streams of one episode, forked from its seed. Each consumer has its own, so that the same seed gives every controller the same
/// pair, plant, noise, periods and drops, however much a controller draws or does not draw.
/// </summary>
public sealed class EpisodeStreams(ulong seed)
{
    private readonly RandomStream _root = new(seed);

    public ulong Seed => seed;

    /// <summary>Start and goal.</summary>
    public RandomStream Pair => _root.Fork(1);

    public RandomStream Plant => _root.Fork(2);

    public RandomStream Sensors => _root.Fork(3);

    public RandomStream Periods => _root.Fork(4);

    public RandomStream Drops => _root.Fork(5);

    public RandomStream Effects => _root.Fork(6);
}
