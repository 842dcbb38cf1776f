using System.Globalization;

namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>The share of a core that real-time threads may use before the kernel stops them.</summary>
internal sealed class ThrottlingCheck() : MachineCheck("real-time throttling", "at least 90 % of each period for real-time threads")
{
    private const string Runtime = "/proc/sys/kernel/sched_rt_runtime_us";
    private const string Period = "/proc/sys/kernel/sched_rt_period_us";
    private const double Enough = 0.9;

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        string runtime = root.Text(Runtime) ?? "", period = root.Text(Period) ?? "";
        if (runtime == "-1") return Ok("never (sched_rt_runtime_us is -1)");
        if (!double.TryParse(runtime, NumberStyles.None, CultureInfo.InvariantCulture, out double granted)) return Undetermined(Runtime, runtime);
        if (!double.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out double of) || of <= 0.0)
            return Undetermined(Period, period);
        string found = string.Create(CultureInfo.InvariantCulture, $"after {granted:F0} of each {of:F0} µs");
        const string Mend = "sudo sysctl -w kernel.sched_rt_runtime_us=950000";
        if (granted <= 0.0) return Fails("real-time threads get no time at all", Mend);
        return granted / of >= Enough ? Ok($"{found}: only a runaway thread meets it") : Warning(found, Mend);
    }
}
