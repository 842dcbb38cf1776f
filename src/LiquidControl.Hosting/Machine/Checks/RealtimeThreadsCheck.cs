using System.Globalization;

namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Threads of others that run before the loop on its core.</summary>
internal sealed class RealtimeThreadsCheck() : MachineCheck("other real-time threads", "none of the loop's priority or above on its core")
{
    private const int Named = 4;

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (demand.LoopCpu(root) is not { } cpu) return Undetermined("/sys/devices/system/cpu/online");
        if (root.Names("/proc").Length == 0) return Undetermined("/proc");
        string self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        RealtimeThread[] others =
        [
            .. RunningThreads.Realtime(root).Where(thread => thread.Cpu == cpu && thread.Process != self && !thread.IsKernelMigration),
        ];
        RealtimeThread[] before = [.. others.Where(thread => thread.Delays(demand.Priority))];
        if (before.Length == 0) return Ok(others.Length == 0 ? $"none on core {cpu}" : $"{others.Length} on core {cpu}, all below {demand.Priority}");
        return Warning(
            string.Join(", ", before.Take(Named).Select(thread => $"{thread.Name} (process {thread.Process}, priority {thread.Priority})")) + $" on core {cpu}",
            $"sudo chrt -f -p {demand.Priority - 1} {before[0].Process}");
    }
}
