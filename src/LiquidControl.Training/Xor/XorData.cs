using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>The event-based bit-stream XOR data of Hasani et al. 2022, sample for sample: each set is one stream of draws from its seed.</summary>
public static class XorData
{
    public const int TrainingSamples = 100_000;

    public const int TestSamples = 10_000;

    private const uint TrainingSeed = 1_234_984;

    private const uint TestSeed = 48_736;

    /// <summary>What is trained on.</summary>
    /// <param name="samples">The first so many of <see cref="TrainingSamples"/>.</param>
    public static SequenceSet Training(int samples = TrainingSamples) => Read(TrainingSeed, samples);

    /// <summary>What accuracy is measured on.</summary>
    /// <param name="samples">The first so many of <see cref="TestSamples"/>.</param>
    public static SequenceSet Test(int samples = TestSamples) => Read(TestSeed, samples);

    /// <summary>The samples of a seed, in their order.</summary>
    public static IEnumerable<XorBitStream> Draw(uint seed, int samples)
    {
        LegacyRandomState random = new(seed);
        for (int i = 0; i < samples; i++) yield return XorBitStream.Draw(random);
    }

    /// <summary>Events as features, elapsed bits of <see cref="XorBitStream.Length"/> as timespans; only the last step has a target that counts.</summary>
    private static SequenceSet Read(uint seed, int samples)
    {
        SequenceSet data = new([new Signal("bit", "1")], [new Signal("odd", "1")]);
        foreach (XorBitStream sample in Draw(seed, samples))
        {
            data.Add(TrainingSequence.Labelled(
                [.. sample.Events.Select(bit => (float)bit)], [sample.Label],
                [.. sample.Elapsed.Select(bits => (float)bits / XorBitStream.Length)]));
        }

        return data;
    }
}
