using System.Globalization;

namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>
/// CONFIG_RT_GROUP_SCHED: then a control group has its own budget of real-time, 0 for a new one such as a service's, and SCHED_FIFO is refused
/// in it (Documentation/scheduler/sched-rt-group.rst).
/// </summary>
internal sealed class RealtimeGroupCheck() : MachineCheck("real-time groups", "real-time budgets of control groups off, so that a service gets SCHED_FIFO")
{
    private const string Groups = "/proc/self/cgroup";
    private const string Mend =
        "echo kernel.sched_rt_runtime_us=-1 | sudo tee /etc/sysctl.d/60-liquidcontrol-rt-group.conf && sudo sysctl --system";

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (BootOptions.Value(root, "rt_group_sched") == "0") return Ok("off on the command line (rt_group_sched=0)");
        if (root.Text("/proc/sys/kernel/sched_rt_runtime_us") == "-1") return Ok("no budgets: sched_rt_runtime_us is -1");
        if (KernelConfiguration.Read(root) is not { } configuration) return Undetermined("/proc/config.gz");
        if (!configuration.Has("RT_GROUP_SCHED")) return Ok("the kernel has none");
        if (root.Text(Groups) is not { } groups) return Undetermined(Groups);
        string? group = OfCpuController(groups);
        if (group is null) return Warning("CONFIG_RT_GROUP_SCHED: a service in a control group of its own is refused SCHED_FIFO", Mend);
        string budget = root.Text($"/sys/fs/cgroup/cpu{group.TrimEnd('/')}/cpu.rt_runtime_us") ?? "";
        bool isRoot = group == "/";
        if (!isRoot && !long.TryParse(budget, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            return Undetermined($"/sys/fs/cgroup/cpu{group}/cpu.rt_runtime_us", budget);
        return budget == "0"
            ? Fails($"CONFIG_RT_GROUP_SCHED, and this process's group {group} has a budget of 0 µs: SCHED_FIFO is refused", Mend)
            : Warning(
                $"CONFIG_RT_GROUP_SCHED: {(isRoot ? "the root group" : group)} has a budget, but a new group, as a service gets, has 0 µs: SCHED_FIFO is refused there",
                Mend);
    }

    /// <summary>This process's group under cgroup version 1; null where only version 2 is mounted, which cannot give a budget.</summary>
    private static string? OfCpuController(string groups)
    {
        foreach (string line in groups.Split('\n'))
        {
            string[] parts = line.Split(':', 3);
            if (parts.Length == 3 && parts[1].Split(',').Contains("cpu")) return parts[2];
        }

        return null;
    }
}
