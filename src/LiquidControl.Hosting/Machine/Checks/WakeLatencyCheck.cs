using System.Globalization;

namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>
/// Deep idle states, out of which a core wakes late; the daemon forbids them while it holds /dev/cpu_dma_latency open at 0
/// (Documentation/power/pm_qos_interface.rst).
/// </summary>
internal sealed class WakeLatencyCheck() : MachineCheck("idle states", "none deeper than 20 µs, or /dev/cpu_dma_latency to forbid them")
{
    private const string Hold = "/dev/cpu_dma_latency";
    private const long Deep = 20;

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        bool mayHold = root.Exists(Hold) && root.Calls.MayReadAndWrite(root.PathOf(Hold));
        if (demand.LoopCpu(root) is not { } cpu) return Undetermined("/sys/devices/system/cpu/online");
        long deepest = 0;
        string states = $"/sys/devices/system/cpu/cpu{cpu}/cpuidle";
        foreach (string state in root.Names(states))
        {
            string path = $"{states}/{state}";
            if (root.Text($"{path}/disable") == "1") continue;
            string text = root.Text($"{path}/latency") ?? "";
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long latency)) return Undetermined($"{path}/latency", text);
            deepest = Math.Max(deepest, latency);
        }

        string holds = mayHold ? $"{Hold} may be held at 0" : $"{Hold} {(root.Exists(Hold) ? "may not be opened by this user" : "is missing")}";
        if (mayHold || deepest <= Deep) return Ok(deepest == 0 ? holds : $"the deepest wakes in {deepest} µs; {holds}");
        return Warning(
            $"the deepest wakes in {deepest} µs; {holds}",
            root.Exists(Hold) ? "sudo firmware-config/install.sh  # its udev rule gives the node to group liquidcontrol" : "sudo cpupower idle-set -D 20");
    }
}
