using Xunit;

namespace LiquidControl.Rig.Tests;

/// <summary>Every scenario of the repository in lockstep, and again without what protects the arm in it.</summary>
public class ScenarioTests(ITestOutputHelper output)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "scenarios");

    public static TheoryData<string> All => [.. ScenarioFile.Find(Folder).Select(path => Path.GetRelativePath(Folder, path))];

    public static TheoryData<string> Protected => [.. All.Select(row => row.Data).Where(file => Load(file).Protection is not null)];

    [Theory]
    [MemberData(nameof(All))]
    public void It_holds(string file)
    {
        RigResult result = new RigRun(Load(file)).Run(cancellation: TestContext.Current.CancellationToken);
        foreach (RigReaction reaction in result.Reactions)
            output.WriteLine($"{reaction.Fault} at {reaction.At:F3} s: {reaction.State} after {reaction.SafeMs:F0} ms");
        output.WriteLine($"{result.FinalState}, {result.Faults}, {result.RealTimeFactor:F0} times as fast as real time");
        Assert.True(result.IsPassed, string.Join(Environment.NewLine, result.Failures));
        Assert.Equal(0, result.AllocatedBytes);
    }

    [Theory]
    [MemberData(nameof(Protected))]
    public void Without_what_protects_the_arm_it_does_not(string file)
    {
        RigScenario scenario = Load(file);
        RigResult result = new RigRun(scenario, scenario.Protection).Run(cancellation: TestContext.Current.CancellationToken);
        output.WriteLine(string.Join(Environment.NewLine, result.Failures));
        Assert.False(result.IsPassed, $"it passes without {scenario.Protection!.Name} too");
    }

    [Fact]
    public void A_run_is_the_same_bit_for_bit()
    {
        RigScenario scenario = Load("encoder-silent.toml");
        ulong first = new RigRun(scenario).Run(cancellation: TestContext.Current.CancellationToken).StateHash;
        Assert.Equal(first, new RigRun(scenario).Run(cancellation: TestContext.Current.CancellationToken).StateHash);
        Assert.NotEqual(first, new RigRun(scenario with { Seed = 2 }).Run(cancellation: TestContext.Current.CancellationToken).StateHash);
    }

    private static RigScenario Load(string file) => ScenarioFile.Load(Path.Combine(Folder, file));
}
