namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>The clock the loop waits by.</summary>
internal sealed class ClockCheck() : MachineCheck("clock", "the processor's own counter, at 1 µs or finer")
{
    private const string Current = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
    private const long Fine = 1000;

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (root.Text(Current) is not { Length: > 0 } source) return Undetermined(Current);
        if (root.Calls.TimerResolutionNs() is not { } resolution) return Undetermined("/proc/timer_list");
        string found = $"{source}, {resolution} ns";
        if (resolution > Fine) return Fails($"{found}: no high-resolution timers", MachineBoard.Read(root).AddBootOptions("highres=on"));
        return source switch
        {
            "arch_sys_counter" or "tsc" => Ok(found),
            "kvm-clock" or "hyperv_clocksource_tsc_page" or "xen" => Warning($"{found}: it is the host's", "cat /sys/devices/system/clocksource/clocksource0/available_clocksource"),
            "hpet" or "acpi_pm" or "jiffies" => Warning(
                $"{found}: reading it is slow", $"echo tsc | sudo tee {Current}"),
            _ => Undetermined(Current, source),
        };
    }
}
