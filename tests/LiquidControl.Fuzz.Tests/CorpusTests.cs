using Xunit;

namespace LiquidControl.Fuzz.Tests;

/// <summary>What fuzzing found and what it reached stays within the bounds it was held against.</summary>
[Collection(TimedReading.Collection)]
public class CorpusTests
{
    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_input_of_the_corpus_is_read_or_refused_within_bounds(string name)
    {
        FuzzTarget target = FuzzTargets.All.Single(one => one.Name == name);
        IReadOnlyList<string> files = FuzzCorpus.FilesOf(target);
        List<string> failures = [];
        int accepted = 0;
        SmallStack.Run(() =>
        {
            foreach (string file in files)
            {
                FuzzResult result = FuzzResult.Of(target, File.ReadAllBytes(file));
                if (result.IsFailure) failures.Add($"{Path.GetFileName(file)}: {result.Outcome}: {result.Message}");
                if (result.Outcome == FuzzOutcome.Accepted) accepted++;
                FuzzResult again = FuzzResult.Of(target, File.ReadAllBytes(file));
                if ((again.Outcome, again.Message) != (result.Outcome, result.Message)) failures.Add($"{Path.GetFileName(file)}: then {again.Outcome}: {again.Message}");
            }
        });
        Assert.Empty(failures);
        Assert.True(accepted > 0, $"none of {files.Count} inputs was accepted");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void What_is_kept_as_sound_is_accepted(string name)
    {
        FuzzTarget target = FuzzTargets.All.Single(one => one.Name == name);
        string[] sound = [.. FuzzCorpus.FilesOf(target).Where(file => Path.GetFileName(file).StartsWith("sound-", StringComparison.Ordinal))];
        Assert.NotEmpty(sound);
        Assert.All(sound, file =>
        {
            FuzzResult result = FuzzResult.Of(target, File.ReadAllBytes(file));
            Assert.True(result.Outcome == FuzzOutcome.Accepted, $"{Path.GetFileName(file)}: {result.Message}");
        });
    }
}
