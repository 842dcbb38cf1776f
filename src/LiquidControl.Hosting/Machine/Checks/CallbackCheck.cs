namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Whether the kernel's deferred work (RCU callbacks) stays off the loop's core.</summary>
internal sealed class CallbackCheck() : MachineCheck("kernel callbacks", "the loop's core in rcu_nocbs")
{
    private const string CommandLine = "/proc/cmdline";

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (root.Text(CommandLine) is null) return Undetermined(CommandLine);
        if (demand.LoopCpu(root) is not { } cpu) return Undetermined("/sys/devices/system/cpu/online");
        string mend = MachineBoard.Read(root).AddBootOptions($"rcu_nocbs={cpu}");
        if (BootOptions.Value(root, "rcu_nocbs") is { } list)
        {
            if (list is "" or "all") return Ok("off every core");
            if (CpuList.Parse(list) is not { } cpus) return Undetermined(CommandLine, $"rcu_nocbs={list}");
            if (cpus.Contains(cpu)) return Ok($"off core {cpu}");
        }

        // A tickless core has its callbacks elsewhere by itself (Documentation/timers/no_hz.rst).
        if (CpuList.Read(root, "/sys/devices/system/cpu/nohz_full")?.Contains(cpu) == true) return Ok($"off core {cpu}, by nohz_full");
        return Warning($"they may run on the loop's core {cpu}", mend);
    }
}
