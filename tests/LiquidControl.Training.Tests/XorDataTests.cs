using System.Text.Json;
using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class XorDataTests
{
    [Theory]
    [InlineData("train_seed_1234984_first5", 1_234_984)]
    [InlineData("test_seed_48736_first5", 48_736)]
    public void The_first_samples_are_those_of_the_published_data(string set, uint seed)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", "xor-first-samples.json"));
        JsonElement[] expected = [.. JsonDocument.Parse(text).RootElement.GetProperty(set).EnumerateArray()];
        XorBitStream[] found = [.. XorData.Draw(seed, expected.Length)];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(Numbers(expected[i], "bits"), found[i].Bits);
            Assert.Equal(Numbers(expected[i], "events"), found[i].Events);
            Assert.Equal(Numbers(expected[i], "elapsed_raw"), found[i].Elapsed);
            Assert.Equal(expected[i].GetProperty("label").GetInt32(), found[i].Label);
        }
    }

    /// <summary>The statistics that were computed of the published test set.</summary>
    [Fact]
    public void The_test_set_is_the_published_one()
    {
        XorBitStream[] samples = [.. XorData.Draw(48_736, XorData.TestSamples)];
        Assert.Equal(0.5089, samples.Average(sample => sample.Label), 1e-12);
        Assert.Equal(9.31, samples.Average(sample => sample.Events.Count), 0.005);
        Assert.Equal(24, samples.Max(sample => sample.Events.Count));
        Assert.Equal(16.6, samples.Average(sample => sample.Bits.Count), 0.05);
    }

    [Fact]
    public void Only_the_last_event_is_asked_for_the_parity()
    {
        SequenceSet data = XorData.Training(50);
        Assert.Equal(50, data.Sequences.Count);
        XorBitStream[] samples = [.. XorData.Draw(1_234_984, 50)];
        for (int i = 0; i < samples.Length; i++)
        {
            TrainingSequence sequence = data.Sequences[i];
            Assert.Equal(samples[i].Events.Count, sequence.Steps);
            Assert.Equal(samples[i].Label, sequence.Targets[^1]);
            Assert.Equal(1f, sequence.Weight(sequence.Steps - 1));
            Assert.Equal(samples[i].Elapsed[0] / 32f, sequence.Timespans[0]);
            for (int step = 0; step < sequence.Steps - 1; step++) Assert.Equal(0f, sequence.Weight(step));
        }
    }

    private static int[] Numbers(JsonElement sample, string name) =>
        [.. sample.GetProperty(name).EnumerateArray().Select(value => (int)value.GetDouble())];
}
