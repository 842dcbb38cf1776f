using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LiquidControl.Hosting;
using LiquidControl.Realtime;

namespace LiquidControl.Service.Jitter;

/// <summary>
/// `liquidcontrold jitter`: the loop as the daemon runs it, measured. All memory is taken, locked and touched first; then one thread runs on
/// its processor until the end; then the results are written.
/// </summary>
internal static class JitterCommand
{
    public const string Ready = "ready";

    private const double WarmUpS = 0.25;

    /// <summary>Until the first cycle of the warm-up, when nobody names a start.</summary>
    private const long LeadNs = 20_000_000;

    /// <summary>Prints one JSON value.</summary>
    /// <exception cref="ArgumentErrorException">The call cannot be used.</exception>
    public static void Run(string[] words, TextReader input, TextWriter output)
    {
        var options = JitterOptions.Parse(words);
        var rights = ProcessRights.Current();
        ArmCycle arm = new(RobotConfiguration.Load(RobotCatalog.Find(options.Robot)), options);
        using TimingLog log = new(options.Cycles, options.Ring);
        Grant memory = MemoryLock.LockAll(rights);
        using var latency = CpuLatencyRequest.Hold();
        double readyMs = (DateTime.UtcNow - Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalMilliseconds;

        long first = FirstDeadline(options, input, output);
        JitterBody body = new(arm, log, first, first + (options.Cycles - 1) * options.PeriodNs);
        PeriodicLoop loop = new(body, WarmUp(options, first));
        SchedulingRequest scheduling = new(options.Policy, options.Priority, options.PeriodNs / 2, options.PeriodNs);
        int? processor = options.Policy == SchedulingPolicy.Deadline ? null : options.Processor;

        // What the preparation left is collected now, not in the middle.
        GC.Collect();
        var thread = RealtimeThread.Start("control loop", new(scheduling, processor), rights, () => loop.Run());
        thread.Join();
        string state = arm.State.ToString();
        arm.Stop();
        var report = Report(options, arm, state, log, body, readyMs, [memory, latency.Grant, .. thread.Grants]);
        if (options.Timings is { } path) log.WriteTo(path);
        output.WriteLine(JsonSerializer.Serialize(report, JitterJson.Default.JitterReport));
    }

    private static long FirstDeadline(JitterOptions options, TextReader input, TextWriter output)
    {
        if (!options.WaitForStart)
            return MonotonicClock.NowNs + LeadNs + WarmUpCycles(options) * options.PeriodNs;
        output.WriteLine(Ready);
        output.Flush();
        string? word = input.ReadLine();
        return long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long start) && start > MonotonicClock.NowNs
            ? start
            : throw new ArgumentErrorException($"--wait-for-start: found '{word}' on standard input, expected a time after now on CLOCK_MONOTONIC, ns.");
    }

    /// <summary>As many cycles before the first measured one as there is time for.</summary>
    private static PeriodicSchedule WarmUp(JitterOptions options, long first)
    {
        long possible = (first - MonotonicClock.NowNs - LeadNs / 2) / options.PeriodNs;
        return new(options.PeriodNs, first - Math.Clamp(possible, 0, WarmUpCycles(options)) * options.PeriodNs);
    }

    private static long WarmUpCycles(JitterOptions options) => (long)(WarmUpS * options.Rate);

    private static JitterReport Report(
        JitterOptions options, ArmCycle arm, string state, TimingLog log, JitterBody body, double readyMs, Grant[] grants) => new(
        log.Count, log.Skipped, options.PeriodNs, Of(log.Wake), Of(log.Work), body.AllocatedBytes, body.Collections, arm.FaultsInjected,
        arm.Fallbacks, arm.Moves, state, Math.Round(readyMs), ResidentKiB(),
        !RuntimeFeature.IsDynamicCodeSupported,
        [.. grants.Select(grant => new GrantReport(grant.Subject, grant.IsGranted, grant.Words, grant.Fix))]);

    private static Latencies Of(LatencyHistogram histogram) => new(
        Us(histogram.AtPercentile(50)), Us(histogram.AtPercentile(99)), Us(histogram.AtPercentile(99.9)), Us(histogram.MaxNs));

    private static double Us(long ns) => Math.Round(ns * 1e-3, 1);

    /// <summary>A figure of /proc/self/status (proc(5)).</summary>
    private static long ResidentKiB()
    {
        const string Key = "VmRSS:";
        string? line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line[Key.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
