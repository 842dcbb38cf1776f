using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class SequenceSetTests
{
    [Fact]
    public void Wrong_shapes_and_numbers_are_refused_by_place()
    {
        SequenceSet data = new([new("q1", "rad"), new("q2", "rad")], [new("tau", "N m")]);
        data.Add(new TrainingSequence([1f, 2f], [3f], [0.005f]));
        Assert.Equal(
            "sequence 1: features has 3 values, expected 2 steps x 2.",
            Assert.Throws<ArgumentException>(() => data.Add(new TrainingSequence([1f, 2f, 3f], [0f, 0f], [0.005f, 0.005f]))).Message);
        Assert.Equal(
            "sequence 1, step 1: features 'q2' is NaN; only finite numbers can be learned from.",
            Assert.Throws<ArgumentException>(() => data.Add(new TrainingSequence([1f, 2f, 3f, float.NaN], [0f, 0f], [0.005f, 0.005f]))).Message);
        Assert.Contains("a weight is negative", Assert.Throws<ArgumentException>(() => data.Add(new TrainingSequence([1f, 2f], [0f], [0.005f], [-1f]))).Message, StringComparison.Ordinal);
        Assert.Contains("give one per step", Assert.Throws<ArgumentException>(() => new TrainingSequence([1f, 2f], [0f], [0.005f], [1f, 1f])).Message, StringComparison.Ordinal);
        Assert.Single(data.Sequences);
        Assert.Equal(1, data.TotalSteps);
    }

    [Fact]
    public void The_hash_covers_names_shapes_and_every_number()
    {
        string[] hashes =
        [
            Set(["a", "b"], [1f, 2f], [3f], [4f], null).ContentHash(),
            Set(["a", "c"], [1f, 2f], [3f], [4f], null).ContentHash(),
            Set(["a", "b"], [1f, 2.0000002f], [3f], [4f], null).ContentHash(),
            Set(["a", "b"], [1f, 2f], [-3f], [4f], null).ContentHash(),
            Set(["a", "b"], [1f, 2f], [3f], [5f], null).ContentHash(),
            Set(["a", "b"], [1f, 2f], [3f], [4f], [0.5f]).ContentHash(),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(hashes[0], Set(["a", "b"], [1f, 2f], [3f], [4f], null).ContentHash());
        Assert.Matches("^[0-9a-f]{64}$", hashes[0]);
    }

    [Fact]
    public void Normalisation_agrees_with_the_hand_computation_and_leaves_out_unweighted_steps()
    {
        SequenceSet data = new([new("a", "1")], [new("y", "1")]);
        data.Add(new TrainingSequence([1f, 3f, 1000f], [3f, -4f, 1000f], [1f, 1f, 1f], [1f, 0.5f, 0f]));
        data.Add(new TrainingSequence([5f], [0f], [1f]));
        Normalisation normalisation = Normalisation.Of(data);
        Assert.Equal(3f, normalisation.FeatureMean[0]);
        Assert.Equal(Math.Sqrt(8.0 / 3.0) + 1e-3, normalisation.FeatureScale[0], 1e-6);
        Assert.Equal(Math.Sqrt(25.0 / 3.0), normalisation.OutputScale[0], 1e-5);
        Assert.Equal(8f, normalisation.Feature(0, 1e6f));
        Assert.Equal(-8f, normalisation.Feature(0, -1e6f));
        Assert.Equal(0f, normalisation.Feature(0, 3f));
    }

    [Fact]
    public void Data_without_a_weighted_step_is_refused()
    {
        SequenceSet data = Set(["a", "b"], [1f, 2f], [3f], [4f], [0f]);
        Assert.Contains("nothing to learn", Assert.Throws<ArgumentException>(() => Normalisation.Of(data)).Message, StringComparison.Ordinal);
    }

    private static SequenceSet Set(string[] names, float[] features, float[] targets, float[] timespans, float[]? weights)
    {
        SequenceSet data = new([.. names.Select(static name => new Signal(name, "1"))], [new("y", "1")]);
        data.Add(new TrainingSequence(features, targets, timespans, weights));
        return data;
    }
}
