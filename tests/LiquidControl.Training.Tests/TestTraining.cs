using LiquidControl.Numerics;

namespace LiquidControl.Training.Tests;

/// <summary>A short training for <see cref="TestNetworks"/>: random sequences of different lengths, enough for three shards.</summary>
internal static class TestTraining
{
    private const ulong Seed = 606;

    public static TrainingOptions Options { get; } = new()
    {
        Epochs = 2,
        BatchSize = 40,
        ChunkSteps = 6,
        WarmUpBatches = 1,
        TimespanUnit = 1.0,
        Threads = 2,
        Seed = Seed,
    };

    public static SequenceSet Data(int sequences = 45)
    {
        RandomStream random = new(Seed);
        SequenceSet data = NewSet();
        for (int i = 0; i < sequences; i++)
            data.Add(Sequence(random, 3 + random.NextInt(8)));
        return data;
    }

    public static SequenceSet NewSet() => new(Signals("x", TestNetworks.InputSize), Signals("y", TestNetworks.OutputSize));

    public static TrainingSequence Sequence(RandomStream random, int steps)
    {
        return new TrainingSequence(
            Draw(steps * TestNetworks.InputSize, -1.0, 1.0), Draw(steps * TestNetworks.OutputSize, -1.0, 1.0), Draw(steps, 0.1, 2.0));

        float[] Draw(int count, double low, double high) => [.. Enumerable.Range(0, count).Select(_ => (float)random.Uniform(low, high))];
    }

    private static Signal[] Signals(string name, int count) => [.. Enumerable.Range(0, count).Select(i => new Signal($"{name}{i}", "1"))];
}
