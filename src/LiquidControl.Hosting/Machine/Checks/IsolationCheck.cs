namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Whether the scheduler keeps other work off the loop's core.</summary>
internal sealed class IsolationCheck() : MachineCheck("isolated core", "the loop's core in isolcpus")
{
    private const string Isolated = "/sys/devices/system/cpu/isolated";

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (CpuList.Read(root, Isolated) is not { } isolated) return Undetermined(Isolated, root.Text(Isolated));
        if (demand.LoopCpu(root) is not { } cpu) return Undetermined("/sys/devices/system/cpu/online");
        string mend = MachineBoard.Read(root).AddBootOptions($"isolcpus=managed_irq,domain,{cpu}");
        if (isolated.Contains(cpu)) return Ok($"core {cpu}");
        return Warning(isolated.Count == 0 ? "none" : $"{string.Join(',', isolated.Order())}, not the loop's core {cpu}", mend);
    }
}
