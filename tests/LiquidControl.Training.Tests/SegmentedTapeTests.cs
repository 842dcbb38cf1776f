using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class SegmentedTapeTests
{
    private const ulong Seed = 909;
    private static readonly Normalisation Plain = Normalisation.None(TestNetworks.InputSize, TestNetworks.OutputSize);

    /// <summary>A segment of 33 steps is rounded up to 64; the second chunk starts from a state that the first carried on.</summary>
    [Theory]
    [MemberData(nameof(TestNetworks.Names), MemberType = typeof(TestNetworks))]
    public void A_chunk_in_segments_has_the_bits_of_one_in_memory(string name)
    {
        NetworkParameters network = TestNetworks.Of(name);
        float[] parameters = network.Draw(new RandomStream(Seed));
        TrainingOptions options = TestTraining.Options with { ChunkSteps = 110, ChatterPenalty = 0.3f };
        List<(double Loss, float[] Gradient)> whole = Chunks(network, parameters, options);
        Assert.Equal(3, whole.Count);
        Assert.All(whole, static chunk => Assert.Contains(chunk.Gradient, static slope => slope != 0f));
        AssertSame(whole, Chunks(network, parameters, options with { SegmentSteps = 33 }));
        AssertSame(whole, Chunks(network, parameters, options with { SegmentSteps = 1 }));
    }

    [Theory]
    [InlineData("cfc with three layers")]
    [InlineData("cfc memory to input")]
    public void Segments_that_are_run_again_leave_out_the_same_units(string name)
    {
        NetworkParameters network = TestNetworks.Of(name);
        float[] parameters = network.Draw(new RandomStream(Seed));
        TrainingOptions options = TestTraining.Options with { ChunkSteps = 110, Dropout = 0.4 };
        List<(double Loss, float[] Gradient)> whole = Chunks(network, parameters, options);
        AssertSame(whole, Chunks(network, parameters, options with { SegmentSteps = 32 }));
        Assert.NotEqual(whole[0].Loss, Chunks(network, parameters, options with { Dropout = 0.0 })[0].Loss);
    }

    [Fact]
    public void A_training_in_segments_ends_with_the_same_bits()
    {
        TrainingOptions options = TestTraining.Options with { ChunkSteps = 200, Dropout = 0.2 };
        float[] whole = NetworkTrainer.TrainParameters(Data(20), TestNetworks.Of("cfc"), options);
        Assert.Equal(whole, NetworkTrainer.TrainParameters(Data(20), TestNetworks.Of("cfc"), options with { SegmentSteps = 32 }));
    }

    /// <summary>What grows with the chunk is outputs, targets and their like, and a state a segment; not what the cell records.</summary>
    [Fact]
    public void Ten_thousand_steps_need_little_more_memory_than_a_segment()
    {
        NetworkParameters network = TestNetworks.Of("cfc with three layers");
        TrainingOptions options = TestTraining.Options with { ChunkSteps = 10_000, Threads = 1 };
        long whole = Bytes(options), segmented = Bytes(options with { SegmentSteps = 128 }), one = Bytes(options with { ChunkSteps = 128 });

        // Outputs, their gradients, targets, weights and elapsed times: 8 rows of 16 floats a step. States and their gradients: twice 5 rows a segment.
        long grown = (10_000 * 8 * 64) + (79 * 2 * 5 * 64);
        Assert.InRange(segmented, grown, grown + one + (network.Count * 32) + 20_000);
        Assert.True(segmented * 10 < whole, $"{segmented} bytes in segments, {whole} whole");

        long Bytes(TrainingOptions chosen)
        {
            SequenceSet data = TestTraining.Data(16);
            long before = GC.GetAllocatedBytesForCurrentThread();
            BatchGradient batch = new(data, Plain, network, chosen, default);
            long after = GC.GetAllocatedBytesForCurrentThread();
            Assert.NotEmpty(batch.Gradient);
            return after - before;
        }
    }

    /// <summary>Sequences of 1 to 230 steps in two shards, some with steps that do not count.</summary>
    private static SequenceSet Data(int sequences)
    {
        RandomStream random = new(Seed);
        SequenceSet data = TestTraining.NewSet();
        for (int i = 0; i < sequences; i++)
        {
            TrainingSequence sequence = TestTraining.Sequence(random, i == 0 ? 230 : 1 + random.NextInt(229));
            float[]? weights = i % 3 == 0 ? [.. Enumerable.Range(0, sequence.Steps).Select(step => step % 4)] : null;
            data.Add(new TrainingSequence(sequence.Features, sequence.Targets, sequence.Timespans, weights));
        }

        return data;
    }

    private static List<(double Loss, float[] Gradient)> Chunks(NetworkParameters network, float[] parameters, TrainingOptions options)
    {
        BatchGradient batch = new(Data(20), Plain, network, options, TestContext.Current.CancellationToken);
        batch.Begin([.. Enumerable.Range(0, 20)], 3);
        List<(double, float[])> chunks = [];
        while (batch.Next(parameters))
            chunks.Add((batch.Loss, [.. batch.Gradient]));
        return chunks;
    }

    private static void AssertSame(List<(double Loss, float[] Gradient)> expected, List<(double Loss, float[] Gradient)> found)
    {
        Assert.Equal(expected.Select(static chunk => chunk.Loss), found.Select(static chunk => chunk.Loss));
        foreach ((int i, (double _, float[] gradient)) in expected.Index())
            Assert.Equal(gradient, found[i].Gradient);
    }
}
