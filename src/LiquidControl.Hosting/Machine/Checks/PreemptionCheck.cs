namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>How soon the kernel lets go of a core: PREEMPT_RT, full, lazy, voluntary or none.</summary>
internal sealed class PreemptionCheck() : MachineCheck("kernel preemption", "PREEMPT_RT; full preemption keeps most cycles, not each")
{
    private const string DynamicMode = "/sys/kernel/debug/sched/preempt";
    private const string Version = "/proc/version";

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (root.Text("/sys/kernel/realtime") == "1") return Ok("PREEMPT_RT (/sys/kernel/realtime is 1)");
        if (root.Text(Version) is not { } version) return Undetermined(Version);
        if (version.Contains("PREEMPT_RT", StringComparison.Ordinal)) return Ok("PREEMPT_RT");
        if (!version.StartsWith("Linux version", StringComparison.Ordinal)) return Undetermined(Version, version);
        var board = MachineBoard.Read(root);
        string mend = RealtimeKernel(board);
        var (mode, source) = version.Contains("PREEMPT_DYNAMIC", StringComparison.Ordinal) ? Dynamic(root) : Static(root, version);
        return mode switch
        {
            null => Undetermined(DynamicMode),
            "full" or "lazy" => Warning($"{mode} preemption ({source})", mend),
            _ => Fails(
                $"preemption {mode} ({source}): a system call of another process may hold the core for milliseconds",
                source.Contains("dynamic", StringComparison.Ordinal) ? board.AddBootOptions("preempt=full") : mend),
        };
    }

    /// <summary>Debug file system, else the command line, else the kernel's default.</summary>
    private static (string? Mode, string Source) Dynamic(MachineRoot root)
    {
        string modes = root.Text(DynamicMode) ?? "";
        int open = modes.IndexOf('('), close = modes.IndexOf(')');
        if (open >= 0 && close > open) return (modes[(open + 1)..close], "dynamic, now");
        if (BootOptions.Value(root, "preempt") is { Length: > 0 } chosen) return (chosen, "dynamic, from the command line");
        return (Built(KernelConfiguration.Read(root)), "dynamic, the kernel's default");
    }

    private static (string? Mode, string Source) Static(MachineRoot root, string version)
    {
        if (version.Contains(" PREEMPT ", StringComparison.Ordinal)) return ("full", "built in");
        return KernelConfiguration.Read(root) is { } configuration ? (Built(configuration), "built in") : ("none or voluntary", "built in");
    }

    private static string? Built(KernelConfiguration? configuration) => configuration switch
    {
        null => null,
        _ when configuration.Has("PREEMPT_RT") => "full",
        _ when configuration.Has("PREEMPT_LAZY") => "lazy",
        _ when configuration.Has("PREEMPT") => "full",
        _ when configuration.Has("PREEMPT_VOLUNTARY") => "voluntary",
        _ when configuration.Has("PREEMPT_NONE") => "none",
        _ => null,
    };

    private static string RealtimeKernel(MachineBoard board) => board.Kind switch
    {
        BoardKind.RaspberryPi => "sudo apt install linux-image-rpi-v8-rt && sudo reboot",
        BoardKind.Jetson => "sudo apt install nvidia-l4t-rt-kernel nvidia-l4t-rt-kernel-oot-modules && sudo reboot",
        _ => "sudo apt install linux-image-rt-$(dpkg --print-architecture) && sudo reboot",
    };
}
