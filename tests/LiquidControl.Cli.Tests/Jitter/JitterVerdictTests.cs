using LiquidControl.Cli.Benchmarks.Jitter;
using LiquidControl.Cli.Reports;
using Xunit;

namespace LiquidControl.Cli.Tests.Jitter;

public sealed class JitterVerdictTests
{
    private const long Ms = 1_000_000;
    private const long OnTime = 50_000;
    private const int Count = 1000;

    private static readonly JitterPlan Plan = new(Count * 1e-3, 1000, JitterLoad.Allocator, LimitUs: 500, BusFaults: false, Control: false, Processor: 1);

    [Fact]
    public void A_stall_of_the_machine_is_not_the_loops_fault()
    {
        var report = Judge(Late(0, (300, 3 * Ms)), Late(Ms / 2, (300, 3 * Ms - Ms / 2)));
        Assert.True(report.IsKept, report.Verdict);
        Assert.Equal((1, 1, 0, 0), (report.Misses, report.ReferenceMisses, report.UnexplainedMisses, report.UnexplainedReferenceMisses));
        Assert.Equal((3000, 50, 1.2), (report.MaxUs, report.P99Us, report.WorstRatioToReference));
        Assert.Contains("On time", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void A_miss_that_the_reference_saw_nothing_of_is_the_loops_own_and_one_is_forgiven()
    {
        LatenessSeries reference = Late(Ms / 2, (100, 2 * Ms));
        Assert.True(Judge(Late(0, (100, 2 * Ms), (500, Ms)), reference).IsKept);
        var report = Judge(Late(0, (100, 2 * Ms), (500, Ms), (700, Ms)), reference);
        Assert.Equal(2, report.UnexplainedMisses);
        Assert.False(report.IsKept);
        Assert.Contains("2 of its misses are its own", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_thread_in_C_is_the_yardstick_where_it_was_measured()
    {
        LatenessSeries loop = Late(0, (100, 2 * Ms), (500, Ms), (700, Ms)), reference = Late(Ms / 2, (100, 2 * Ms));
        var report = Judge(loop, reference, control: Late(2 * Ms / 3, (400, Ms)));
        Assert.Equal(1, report.ControlUnexplainedMisses);
        Assert.True(report.IsKept, report.Verdict);
    }

    [Fact]
    public void Loop_and_control_have_the_reference_equally_near()
    {
        var plan = Plan with { Control = true };
        Assert.Equal(plan.ReferencePhaseNs, plan.ControlPhaseNs - plan.ReferencePhaseNs);
        Assert.Equal(plan.PeriodNs - plan.ReferencePhaseNs, plan.ReferencePhaseNs + plan.PeriodNs - plan.ControlPhaseNs, tolerance: 1.0);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(5, 1)]
    public void Near_is_within_2_ms_of_the_stall(int cyclesBefore, int unexplained) =>
        Assert.Equal(
            unexplained,
            PairedStalls.Unexplained([new(100 * Ms, 101 * Ms)], [new((99 - cyclesBefore) * Ms, (100 - cyclesBefore) * Ms)], JitterPlan.MarginNs).Length);

    [Fact]
    public void Memory_taken_torn_records_and_a_refusal_are_never_forgiven()
    {
        LatenessSeries loop = Late(0), reference = Late(Ms / 2);
        Assert.True(Judge(loop, reference).IsKept);
        AssertBlamed("24 bytes", Run(loop, reference) with { Report = Daemon() with { AllocatedBytes = 24 } });
        AssertBlamed("torn", Run(loop, reference) with { Allocation = new(100, 1, 1, 10, 0, RecordsCorrupt: 1) });
        AssertBlamed("real-time scheduling", Run(loop, reference) with { Report = Daemon() with { Grants = [new("scheduling", false, "refused", "do this")] } });
        AssertBlamed("does not keep up with 1000 Hz", Run(loop, reference) with { Report = Daemon() with { Skipped = 11 } });
        AssertBlamed("times the reference's", Run(Late(0, (100, 9 * Ms)), Late(Ms / 2, (100, 2 * Ms))));
    }

    [Fact]
    public void Quantiles_are_latenesses_that_occurred()
    {
        LatenessSeries series = new([.. Enumerable.Range(0, 200).Select(i => (long)i)], [.. Enumerable.Range(1, 200).Reverse().Select(i => (long)i)]);
        Assert.Equal((100, 198, 200, 200), (series.Quantile(0.5), series.Quantile(0.99), series.Quantile(0.999), series.Max));
        Assert.Equal(new Stall(0, 200), Assert.Single(series.Beyond(199)));
    }

    private static void AssertBlamed(string word, DaemonRun run)
    {
        var report = JitterVerdict.Of(Plan, run);
        Assert.False(report.IsKept);
        Assert.StartsWith("Not on time", report.Verdict, StringComparison.Ordinal);
        Assert.Contains(word, report.Verdict, StringComparison.Ordinal);
    }

    private static JitterReport Judge(LatenessSeries loop, LatenessSeries reference, LatenessSeries? control = null) =>
        JitterVerdict.Of(Plan, Run(loop, reference) with { Control = control });

    private static DaemonRun Run(LatenessSeries loop, LatenessSeries reference) =>
        new(Daemon(), loop, reference, Control: null, "", Allocation: null, CyclictestMaxUs: null);

    private static DaemonJitter Daemon() => new(
        Count, 0, new(10, 20, 30, 40), AllocatedBytes: 0, Collections: 0, BusFaults: 0, Fallbacks: 0, ReadyMs: 100, ResidentKiB: 20_000, IsNative: true,
        [new("scheduling", true, "SCHED_FIFO 80.", "")]);

    /// <summary>A cycle a millisecond; those named are late by so much, ns.</summary>
    private static LatenessSeries Late(long phase, params (int Cycle, long Ns)[] late)
    {
        long[] lateness = [.. Enumerable.Repeat(OnTime, Count)];
        foreach (var (cycle, ns) in late) lateness[cycle] = ns;
        return new([.. Enumerable.Range(0, Count).Select(i => i * Ms + phase)], lateness);
    }
}
