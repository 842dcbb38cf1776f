using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiquidControl.Cli.Reports;

namespace LiquidControl.Cli.Benchmarks.Jitter;

/// <summary>The processes beside the loop and the reference: the allocating one, stress-ng, and cyclictest where it is installed.</summary>
internal sealed partial class JitterLoadProcesses : IDisposable
{
    private const string StressNg = "stress-ng";
    private const string Cyclictest = "cyclictest";

    /// <summary>They end by themselves a while after the measurement, should nobody be left to end them.</summary>
    private const double SpareS = 30.0;

    /// <summary>Below the loop and the reference, so that it cannot hold them up.</summary>
    private const int CyclictestPriority = JitterPlan.Priority - 1;

    private PacedProcess? _allocator;
    private Process? _stress;
    private Process? _cyclictest;

    private JitterLoadProcesses()
    {
    }

    /// <exception cref="BadInputException">One is missing.</exception>
    public static void ThrowIfMissing(JitterLoad load)
    {
        if (load == JitterLoad.StressNg && !ChildProcess.IsOnPath(StressNg))
            throw new BadInputException($"--load: found no {StressNg} on the path. Debian: apt-get install {StressNg}. Or choose another load.");
    }

    /// <param name="plan">Which.</param>
    /// <param name="ring">That the allocating process reads; null for none.</param>
    /// <param name="cancellation">Ends them.</param>
    public static async Task<JitterLoadProcesses> StartAsync(JitterPlan plan, string? ring, CancellationToken cancellation)
    {
        JitterLoadProcesses load = new();
        try
        {
            if (plan.Load != JitterLoad.None) load._allocator = await AllocatorAsync(ring, cancellation);
            if (plan.Load == JitterLoad.StressNg) load._stress = Stress(plan);
            if (ChildProcess.IsOnPath(Cyclictest)) load._cyclictest = StartCyclictest(plan);
            return load;
        }
        catch
        {
            load.Dispose();
            throw;
        }
    }

    /// <summary>Ends them and gives what they saw.</summary>
    public async Task<(AllocationReport? Allocation, double? CyclictestMaxUs)> EndAsync(CancellationToken cancellation)
    {
        var allocation = _allocator is null
            ? null
            : JsonSerializer.Deserialize((await _allocator.EndAsync(cancellation)).Output, ReportJson.Default.AllocationReport);
        if (_cyclictest is null) return (allocation, null);
        string said = await _cyclictest.StandardOutput.ReadToEndAsync(cancellation);
        return (allocation, CyclictestMax().Match(said) is { Success: true } max ? double.Parse(max.Groups[1].Value, CultureInfo.InvariantCulture) : null);
    }

    public void Dispose()
    {
        _allocator?.Dispose();
        End(_stress);
        End(_cyclictest);
    }

    private static async Task<PacedProcess> AllocatorAsync(string? ring, CancellationToken cancellation)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "liquidcontrol.dll");
        string[] reading = ring is null ? [] : ["--ring", ring];
        PacedProcess allocator = new("allocating process", ChildProcess.Dotnet, [program, "bench", "allocate", .. reading]);
        try
        {
            await allocator.WaitReadyAsync(cancellation);
            return allocator;
        }
        catch
        {
            allocator.Dispose();
            throw;
        }
    }

    private static Process Stress(JitterPlan plan) => Start(
        StressNg, "--cpu", $"{Environment.ProcessorCount}", "--vm", "1", "--vm-bytes", "128M", "--io", "1", "--timeout", Seconds(plan, SpareS), "--quiet");

    /// <summary>-q: only the last line, such as "T: 0 (18239) P:79 I:1000 C: 1000 Min: 15 Act: 62 Avg: 56 Max: 384", µs.</summary>
    private static Process StartCyclictest(JitterPlan plan) => Start(
        Cyclictest, "-q", "-m", "-t", "1", "-a", $"{plan.Processor}", "-p", $"{CyclictestPriority}", "-i", $"{plan.PeriodNs / 1000}",
        "-D", Seconds(plan, 0.0));

    private static string Seconds(JitterPlan plan, double more) => Math.Ceiling(plan.Seconds + more).ToString(CultureInfo.InvariantCulture);

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(ChildProcess.Describe(program, arguments, Path.GetTempPath()))!;

    private static void End(Process? process)
    {
        if (process is null) return;
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }

    [GeneratedRegex(@"Max:\s*(\d+)")]
    private static partial Regex CyclictestMax();
}
