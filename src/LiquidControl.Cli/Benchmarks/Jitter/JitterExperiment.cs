using System.Globalization;
using System.Text.Json;
using LiquidControl.Cli.Reports;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Benchmarks.Jitter;

/// <summary>
/// The daemon's loop and the reference, and a second C thread if wanted, on one processor, of one priority, evenly spread over the period, under
/// the same load: what stalls the machine stalls them all.
/// </summary>
internal sealed class JitterExperiment : IDisposable
{
    private const string SharedMemory = "/dev/shm";
    private const int NumbersOfDaemon = 4;

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
        string program = await ReferenceProgram.CompileAsync(_folder, cancellation);
        using PacedProcess subject = new("liquidcontrold", daemon.File, arguments);
        using CThread reference = new(_plan, program, "reference in C", _plan.ReferencePhaseNs, Path.Combine(_folder, "reference.times"));
        using var control = _plan.Control
            ? new CThread(_plan, program, "control thread in C", _plan.ControlPhaseNs, Path.Combine(_folder, "control.times"))
            : null;
        PacedProcess[] all = control is null ? [subject, reference.Process] : [subject, reference.Process, control.Process];
        foreach (var process in all) await process.WaitReadyAsync(cancellation);
        using var load = await JitterLoadProcesses.StartAsync(_plan, _ring, cancellation);
        long start = (MonotonicClock.NowNs + LeadNs) / _plan.PeriodNs * _plan.PeriodNs;
        foreach (var process in all) process.Begin(start);
        await ShowAsync(start, progress, cancellation);
        string output = (await subject.EndAsync(cancellation)).Output;
        string errors = await reference.EndAsync(cancellation);
        if (control is not null) await control.EndAsync(cancellation);
        var beside = await load.EndAsync(cancellation);
        var report = JsonSerializer.Deserialize(output, ReportJson.Default.DaemonJitter)!;
        return new(
            report, LatenessSeries.Load(timings, NumbersOfDaemon), reference.Lateness, control?.Lateness, errors, beside.Allocation,
            beside.CyclictestMaxUs);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        File.Delete(_ring);
    }

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

    /// <summary>reference.c on the way.</summary>
    private sealed class CThread(JitterPlan plan, string program, string name, long phaseNs, string timings) : IDisposable
    {
        private const int Numbers = 2;

        public PacedProcess Process { get; } = new(
            name, program,
            [
                Invariant(plan.PeriodNs), Invariant(phaseNs), Invariant(plan.Cycles), Invariant(plan.Processor), Invariant(JitterPlan.Priority), timings,
            ]);

        /// <summary>After the end.</summary>
        public LatenessSeries Lateness => LatenessSeries.Load(timings, Numbers);

        /// <summary>Gives its complaints.</summary>
        public async Task<string> EndAsync(CancellationToken cancellation) => (await Process.EndAsync(cancellation)).Errors;

        public void Dispose() => Process.Dispose();
    }
}
