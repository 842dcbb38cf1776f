using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace LiquidControl.Benchmarks.Allocations;

/// <summary>Short, as allocations do not scatter; in this process, as its settings are the ones that count.</summary>
internal sealed class AllocationConfiguration : ManualConfig
{
    public AllocationConfiguration()
    {
        AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithIterationTime(TimeInterval.FromMilliseconds(50)));
        AddDiagnoser(MemoryDiagnoser.Default);
        WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40));
        WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "allocations"));
    }
}
