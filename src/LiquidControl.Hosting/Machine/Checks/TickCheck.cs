namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Whether the scheduler's periodic tick stays off the loop's core.</summary>
internal sealed class TickCheck() : MachineCheck("tickless core", "the loop's core in nohz_full")
{
    private const string Tickless = "/sys/devices/system/cpu/nohz_full";

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (demand.LoopCpu(root) is not { } cpu) return Undetermined("/sys/devices/system/cpu/online");
        string mend = MachineBoard.Read(root).AddBootOptions($"nohz_full={cpu}");
        if (root.Text(Tickless) is not { } text)
        {
            return KernelConfiguration.Read(root)?.Has("NO_HZ_FULL") == false
                ? Warning("the kernel is built without NO_HZ_FULL: a tick takes some microseconds each few milliseconds", "sudo apt install linux-image-rt-$(dpkg --print-architecture)")
                : Undetermined(Tickless);
        }

        if (CpuList.Parse(text) is not { } tickless) return Undetermined(Tickless, text);
        return tickless.Contains(cpu) ? Ok($"core {cpu}") : Warning(tickless.Count == 0 ? "none" : $"not the loop's core {cpu}", mend);
    }
}
