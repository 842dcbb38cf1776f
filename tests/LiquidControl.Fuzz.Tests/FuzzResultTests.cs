using Xunit;

namespace LiquidControl.Fuzz.Tests;

/// <summary>The judge finds each kind of broken promise.</summary>
[Collection(TimedReading.Collection)]
public class FuzzResultTests
{
    private static byte[] _kept = [];

    public static TheoryData<string, FuzzOutcome> Readers => new()
    {
        { "sound", FuzzOutcome.Accepted },
        { "declared", FuzzOutcome.Refused },
        { "undeclared", FuzzOutcome.Undeclared },
        { "nameless", FuzzOutcome.Unclear },
        { "endless", FuzzOutcome.Unclear },
        { "greedy", FuzzOutcome.Greedy },
        { "slow", FuzzOutcome.Slow },
    };

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_broken_promise_is_seen(string reader, FuzzOutcome expected)
    {
        FuzzResult result = FuzzResult.Of(new Reader(reader), [1, 2, 3]);
        Assert.Equal(expected, result.Outcome);
        Assert.Equal(expected is not (FuzzOutcome.Accepted or FuzzOutcome.Refused), result.IsFailure);
    }

    private sealed class Reader(string kind) : FuzzTarget
    {
        public override string Name => kind;

        public override string Description => kind;

        public override IReadOnlyList<string> Assemblies => [];

        public override void Read(byte[] input)
        {
            switch (kind)
            {
                case "declared":
                    throw new FormatException("input: found 1, expected 2.");
                case "undeclared":
                    throw new ArgumentException("input: found 1, expected 2.", nameof(input));
                case "nameless":
                    throw new FormatException("found 1, expected 2.");
                case "endless":
                    throw new FormatException("input: found " + new string('1', 5000));
                case "greedy":
                    _kept = new byte[20_000_000];
                    break;
                case "slow":
                    TimeSpan start = Environment.CpuUsage.TotalTime;
                    while (Environment.CpuUsage.TotalTime - start < FuzzResult.MostTime * 1.1) Thread.SpinWait(1000);
                    break;
            }
        }

        public override bool Declares(Exception thrown) => thrown is FormatException;
    }
}
