using System.Globalization;
using System.Text.Json;
using LiquidControl.Cli.Reports;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Benchmarks.Jitter;

/// <summary>
/// A periodic thread and the reference, on one processor, of one priority, half a period apart, under the same load: what stalls the machine
/// stalls both.
/// </summary>
internal sealed class JitterExperiment : IDisposable
{
    private const string SharedMemory = "/dev/shm";
    private const int NumbersOfDaemon = 4;
    private const int NumbersOfReference = 2;

    /// <summary>From the last word of getting ready to the first measured cycle: the daemon warms up meanwhile.</summary>
    private const long LeadNs = 800_000_000;

    private readonly JitterPlan _plan;
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-jitter-").FullName;
    private readonly string _ring;

    public JitterExperiment(JitterPlan plan)
    {
        _plan = plan;
        _ring = Path.Combine(Directory.Exists(SharedMemory) ? SharedMemory : _folder, $"liquidcontrol-jitter-{Environment.ProcessId}");
    }

    /// <summary>The daemon's loop beside the reference.</summary>
    /// <exception cref="BadInputException">Something it needs is missing, or failed.</exception>
    public async Task<DaemonRun> MeasureDaemonAsync(CheckoutProgram daemon, Action<double> progress, CancellationToken cancellation)
    {
        string timings = Path.Combine(_folder, "loop.times");
        string[] arguments =
        [
            .. daemon.FirstArguments, "jitter", "--wait-for-start", "--seconds", Invariant(_plan.Seconds), "--rate", Invariant(_plan.Rate),
            "--cpu", Invariant(_plan.Processor), "--priority", Invariant(JitterPlan.Priority), "--ring", _ring, "--timings", timings,
        ];
        if (_plan.BusFaults) arguments = [.. arguments, "--bus-faults"];
        using PacedProcess subject = new("liquidcontrold", daemon.File, arguments);
        var ran = await RunAsync(subject, _ring, progress, cancellation);
        var report = JsonSerializer.Deserialize(ran.Output, ReportJson.Default.DaemonJitter)!;
        return new(report, LatenessSeries.Load(timings, NumbersOfDaemon), ran.Reference, ran.ReferenceErrors, ran.Beside, ran.CyclictestMaxUs);
    }

    /// <summary>A second C thread in the daemon's place.</summary>
    /// <exception cref="BadInputException">Something it needs is missing, or failed.</exception>
    public async Task<(LatenessSeries Control, LatenessSeries Reference)> MeasureControlAsync(Action<double> progress, CancellationToken cancellation)
    {
        string program = await ReferenceProgram.CompileAsync(_folder, cancellation), timings = Path.Combine(_folder, "control.times");
        using var subject = Reference(program, "control thread in C", phaseNs: 0, timings);
        var ran = await RunAsync(subject, ring: null, progress, cancellation);
        return (LatenessSeries.Load(timings, NumbersOfReference), ran.Reference);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        File.Delete(_ring);
    }

    private async Task<Ran> RunAsync(PacedProcess subject, string? ring, Action<double> progress, CancellationToken cancellation)
    {
        string program = await ReferenceProgram.CompileAsync(_folder, cancellation), timings = Path.Combine(_folder, "reference.times");
        using var reference = Reference(program, "reference in C", _plan.PeriodNs / 2, timings);
        await subject.WaitReadyAsync(cancellation);
        await reference.WaitReadyAsync(cancellation);
        using var load = await JitterLoadProcesses.StartAsync(_plan, ring, cancellation);
        long start = (MonotonicClock.NowNs + LeadNs) / _plan.PeriodNs * _plan.PeriodNs;
        subject.Begin(start);
        reference.Begin(start);
        await ShowAsync(start, progress, cancellation);
        string output = (await subject.EndAsync(cancellation)).Output;
        string errors = (await reference.EndAsync(cancellation)).Errors;
        var beside = await load.EndAsync(cancellation);
        return new(output, LatenessSeries.Load(timings, NumbersOfReference), errors, beside.Allocation, beside.CyclictestMaxUs);
    }

    private PacedProcess Reference(string program, string name, long phaseNs, string timings) => new(
        name, program,
        [
            Invariant(_plan.PeriodNs), Invariant(phaseNs), Invariant(_plan.Cycles), Invariant(_plan.Processor), Invariant(JitterPlan.Priority), timings,
        ]);

    /// <summary>Tells the part that is done, every half second until the end.</summary>
    private async Task ShowAsync(long start, Action<double> progress, CancellationToken cancellation)
    {
        double part;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellation);
            part = Math.Clamp((MonotonicClock.NowNs - start) * 1e-9 / _plan.Seconds, 0.0, 1.0);
            progress(part);
        }
        while (part < 1.0);
    }

    private static string Invariant(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private sealed record Ran(string Output, LatenessSeries Reference, string ReferenceErrors, AllocationReport? Beside, double? CyclictestMaxUs);
}
